import { setImmediate as nextTurn } from 'node:timers/promises';
import { ApolloGateway, type GatewayConfig } from '@apollo/gateway';
import type { QueryPlan } from '@apollo/query-planner';
import { type DocumentNode, GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';
import type { Log } from '../server/log.ts';
import { Recent } from '../server/recent.ts';
import type { GraphContext } from '../server/requestScope.ts';
import type { Execution, Executor } from './access/guardedExecutor.ts';
import { execute, type Source } from './execution/execute.ts';
import { plannable } from './execution/plannable.ts';
import { type PlannedNames, plannedNames } from './execution/plannedNames.ts';
import { type Prepared, prepare } from './execution/prepare.ts';
import { resolvableKeysFirst } from './resolvableKeys.ts';
import type { SourceOf } from './source.ts';

/** An operation as plans are kept for it. */
export interface Planned {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  /** The hash of the text that the document was parsed from. */
  readonly queryHash: string;
}

/** One supergraph, ready to plan and to fetch. It never changes: another supergraph is another planner. */
export interface Planner {
  readonly executor: Executor;
  /** The schema as clients see it. */
  readonly apiSchema: GraphQLSchema;
  readonly coreSupergraphSdl: string;
  /** Makes the plans of operations that are valid here, one at each turn of the event loop, so that requests go on. */
  readonly warm: (operations: Iterable<Planned>) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface PlannerOptions {
  readonly sdl: string;
  readonly sourceOf: SourceOf;
  /** Whether the carrier sends documents, which costs memory for each plan. */
  readonly takesDocuments: boolean;
  readonly log: Log;
}

/** How many plans are kept: the ones used last. Counted, not weighed: weighing a plan means writing it out. */
export const PLANS = 500;

/** What of Apollo's gateway is not in its types: it has no way to plan without executing. */
interface Inside {
  readonly apiSchema: Parameters<typeof import('@apollo/federation-internals').operationFromDocument>[0];
  readonly supergraphSchema: GraphQLSchema;
  readonly queryPlanner: { readonly buildQueryPlan: (operation: unknown) => QueryPlan };
}

/**
 * Loads a supergraph. Apollo's gateway reads it and makes the plans; executing them is ours (execution/execute.ts).
 * @throws what makes it unusable.
 */
export async function openPlanner({ sdl, sourceOf, takesDocuments, log }: PlannerOptions): Promise<Planner> {
  const sources = new Map<string, Source>();
  const gateway = new ApolloGateway({
    supergraphSdl: resolvableKeysFirst(sdl),
    buildService: ({ name, url }) => {
      sources.set(name, sourceOf(name, url ?? ''));
      return askedByNobody;
    },
    logger: gatewayLogger(log),
    validateSupergraph: true,
    queryPlannerConfig: { exposeDocumentNodeInFetchNode: takesDocuments },
  } as GatewayConfig);
  let apiSchema: GraphQLSchema | undefined;
  gateway.onSchemaLoadOrUpdate((loaded) => {
    apiSchema = loaded.apiSchema;
  });
  await gateway.load({ apollo: {} } as Parameters<ApolloGateway['load']>[0]);
  if (!apiSchema) throw new Error('Apollo gateway has loaded no schema.');
  const schema = apiSchema;
  const { supergraphSchema: supergraph } = gateway as unknown as Inside;
  const preparedFor = await preparations(
    gateway as unknown as Inside,
    schema,
    plannedNames(parse(sdl, { noLocation: true })),
  );
  return {
    executor: async (request) => {
      const { scope } = request.context as unknown as GraphContext;
      const prepared = orError(() => preparedFor(plannedOf(request)));
      if (prepared instanceof GraphQLError) return { errors: [prepared] };
      scope.recorder?.plan(prepared.plan);
      const variables = request.request.variables ?? {};
      return execute({ prepared, schema, supergraph, sources, variables, scope }) as Promise<Execution>;
    },
    apiSchema: schema,
    coreSupergraphSdl: sdl,
    warm: async (operations) => {
      for (const operation of operations) {
        await nextTurn();
        // Whoever asks one that has no plan will be told.
        if (validate(schema, operation.document).length === 0) orError(() => preparedFor(operation));
      }
    },
    stop: () => gateway.stop(),
  };
}

/** Gives what plans operations, and keeps the plans used last. @throws GraphQLError what the planner refuses. */
async function preparations(
  { apiSchema, queryPlanner }: Inside,
  schema: GraphQLSchema,
  names: PlannedNames,
): Promise<(operation: Planned) => Prepared> {
  // Loaded by the gateway long before.
  const { operationFromDocument } = await import('@apollo/federation-internals');
  const kept = new Recent<Prepared>(PLANS);
  return ({ document, operationName, queryHash }) => {
    const key = `${queryHash} ${operationName ?? ''}`;
    const known = kept.get(key);
    if (known) return known;
    const toPlan = plannable(document, operationName, names);
    const operation = operationFromDocument(apiSchema, toPlan, operationName ? { operationName } : {});
    const prepared = prepare({
      schema,
      document,
      operationName,
      names,
      plan: queryPlanner.buildQueryPlan(operation),
    });
    kept.set(key, prepared);
    return prepared;
  };
}

/** The operation of a request, as plans are kept for it. */
export const plannedOf = ({ document, queryHash, request }: Parameters<Executor>[0]): Planned => ({
  document: document as DocumentNode,
  operationName: request.operationName ?? undefined,
  queryHash: queryHash as string,
});

/** Apollo's gateway wants a source for each subgraph. */
const askedByNobody = {
  process: (): never => {
    throw new Error('Plans are not executed by Apollo gateway here.');
  },
};

/** What the planner refuses is said to the client; anything else is a fault of ours. */
function orError<T>(plan: () => T): T | GraphQLError {
  try {
    return plan();
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

const gatewayLogger = (log: Log) => ({
  debug: (message: string) => log.trace(message),
  info: (message: string) => log.debug(message),
  warn: (message: string) => log.warn(message),
  error: (message: string) => log.error(message),
});
