import {
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
} from 'graphql';

/** Whether what stands under a type condition is for objects of a type (GraphQL, 6.3.2: DoesFragmentTypeApply). */
export const conditionApplies = (
  schema: GraphQLSchema,
  condition: GraphQLNamedType | undefined,
  type: GraphQLNamedType | undefined,
): boolean =>
  (condition !== undefined && condition === type) ||
  (isAbstractType(condition) &&
    (isObjectType(type) || isInterfaceType(type)) &&
    schema.isSubType(condition, type));
