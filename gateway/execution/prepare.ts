import type { QueryPlan } from '@apollo/query-planner';
import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { fieldsAt } from './fieldsAt.ts';
import type { PlannedNames } from './plannedNames.ts';
import { type SelectionShape, shapeOf } from './shape.ts';

/** An operation with all that executing it needs and that does not change from one request to the next. */
export interface Prepared {
  readonly plan: QueryPlan;
  readonly operation: OperationDefinitionNode;
  readonly root: GraphQLObjectType;
  readonly shape: readonly SelectionShape[];
  /** The document that asks one field of introspection alone, with the fragments that it may use. */
  readonly introspection: (field: FieldNode) => DocumentNode;
  /** The fields that a place in the answer comes from. */
  readonly fieldsAt: (path: readonly (string | number)[]) => readonly FieldNode[];
}

export interface PrepareOptions {
  /** The schema that clients see. */
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  /** The names under which its fields are planned. */
  readonly names: PlannedNames;
  readonly plan: QueryPlan;
}

/**
 * Prepares an operation that is valid for the schema that clients see.
 * @throws when the document has no such operation; GraphQLError when its plan is empty though it asks for data.
 */
export function prepare({ schema, document, operationName, names, plan }: PrepareOptions): Prepared {
  const operation = getOperationAST(document, operationName);
  const root = operation && schema.getRootType(operation.operation);
  if (!root) throw new Error('The document has no operation of that name.');
  const others = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  const shape = shapeOf({ schema, document, operation, root, names });
  // The supergraph lets ask what nobody answers; that there is nothing would be no answer.
  if (!plan.node && shape.some(isAlwaysAsked))
    throw new GraphQLError('No subgraph was found that can answer the operation.', {
      extensions: { code: 'INTERNAL_SERVER_ERROR', http: { status: 500 } },
    });
  return {
    plan,
    operation,
    root,
    shape,
    fieldsAt: (path) => fieldsAt(document, operation, path),
    introspection: (field) => ({
      kind: Kind.DOCUMENT,
      definitions: [
        { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections: [field] } },
        ...others,
      ],
    }),
  };
}

/** Whether a selection holds data that no variable leaves out. */
const isAlwaysAsked = (selection: SelectionShape): boolean =>
  selection.unless.length === 0 &&
  (selection.kind === 'field' || (selection.kind === 'fragment' && selection.selections.some(isAlwaysAsked)));
