import type { ApolloGateway } from '@apollo/gateway';
import { type DocumentNode, GraphQLError, type GraphQLSchema } from 'graphql';
import { type AccessRules, unauthorized } from '../../server/access/rules.ts';
import type { GraphContext } from '../../server/requestScope.ts';
import { complete } from './complete.ts';
import { createGuard, type Guard } from './guard.ts';

export type Executor = ApolloGateway['executor'];
export type Execution = Awaited<ReturnType<Executor>>;

/** What happens to an operation that selects what its viewer may not: FILTER answers the rest, REJECT nothing. */
export type UnauthorizedMode = 'FILTER' | 'REJECT';

export interface GuardedExecutorOptions {
  readonly executor: Executor;
  /** The schema and the rules of the moment; both change together when the gateway goes over to another supergraph. */
  readonly guarded: () => GuardedSchema;
  readonly mode: UnauthorizedMode;
}

export interface GuardedSchema {
  readonly schema: GraphQLSchema;
  readonly guard: Guard;
}

export const guardedSchema = (schema: GraphQLSchema, rules: AccessRules): GuardedSchema => ({
  schema,
  guard: createGuard(schema, rules),
});

/** Executes what the viewer may ask and answers the rest with null and an error, as Apollo Router does. */
export function guardedExecutor({ executor, guarded, mode }: GuardedExecutorOptions): Executor {
  return async (request) => {
    const { schema, guard } = guarded();
    const { scope } = request.context as unknown as GraphContext;
    const { document, left, key } = guard(request.document as DocumentNode, scope.viewer);
    if (left.size === 0) return executor(request);
    if (mode === 'REJECT')
      return { errors: [located(unauthorized(scope.viewer, [...left.values()].flat()))] };
    // The plan is kept by the hash of the document: the copies of one document are so many documents.
    const rest = await executor({ ...request, document, queryHash: `${request.queryHash}:${key}` });
    if (!rest.data) return rest;
    const whole = complete(rest.data, {
      schema,
      document: request.document as DocumentNode,
      operationName: request.request.operationName,
      variables: request.request.variables,
      left,
      viewer: scope.viewer,
    });
    const errors = [...(rest.errors ?? []), ...(whole.errors ?? [])];
    return { ...rest, data: whole.data, ...(errors.length > 0 ? { errors } : {}) } as Execution;
  };
}

const located = (error: GraphQLError): GraphQLError =>
  new GraphQLError(error.message, { originalError: error, extensions: error.extensions });
