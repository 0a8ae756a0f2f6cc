import { GraphQLError, type ValidationRule } from 'graphql';

/**
 * Refuses a mutation or subscription where the schema has none. graphql leaves that to execution and validates nothing of
 * what is selected, so that a contract without mutations would let every mutation of the whole graph through.
 */
export const knownOperationTypesRule: ValidationRule = (context) => ({
  OperationDefinition: {
    enter: (node) => {
      if (context.getSchema().getRootType(node.operation)) return;
      context.reportError(new GraphQLError(`There are no ${node.operation}s here.`, { nodes: node }));
    },
  },
});
