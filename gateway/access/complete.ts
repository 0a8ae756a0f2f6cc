import {
  type DocumentNode,
  type ExecutionResult,
  executeSync,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import { unauthorized } from '../../server/access/rules.ts';
import type { Viewer } from '../../server/viewer.ts';
import type { LeftOut } from './guard.ts';

interface Completion {
  readonly schema: GraphQLSchema;
  /** The operation as it was asked. */
  readonly document: DocumentNode;
  readonly operationName: string | null | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
  /** What was left out of it, for this viewer. */
  readonly left: LeftOut;
  readonly viewer: Viewer;
}

/**
 * Gives the answer to a whole operation from the answer to what was left of it: the rest is null, with an error of the
 * code UNAUTHORIZED_FIELD_OR_TYPE at its path (GraphQL, 6.4.4: a null that may not be moves up).
 */
export function complete(
  data: Readonly<Record<string, unknown>>,
  { schema, document, operationName, variables, left, viewer }: Completion,
): ExecutionResult {
  return executeSync({
    schema,
    document,
    operationName,
    variableValues: variables,
    rootValue: data,
    fieldResolver: readerOf(left, viewer),
    typeResolver: (value) => (value as { __typename?: string }).__typename,
  });
}

/** Answers are keyed by response names, not by fields. */
const readerOf =
  (left: LeftOut, viewer: Viewer): GraphQLFieldResolver<unknown, unknown> =>
  (source, _args, _context, { fieldNodes, path }) => {
    const rules = fieldNodes.flatMap((node) => left.get(node) ?? []);
    if (rules.length > 0) throw unauthorized(viewer, rules);
    return (source as Record<string, unknown>)[path.key];
  };
