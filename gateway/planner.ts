import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ApolloGateway, type GatewayConfig } from '@apollo/gateway';
import { type DocumentNode, type GraphQLSchema, validate } from 'graphql';
import type { Log } from '../server/log.ts';
import type { GraphContext } from '../server/requestScope.ts';
import type { Executor } from './access/guardedExecutor.ts';
import { PlanCache } from './planCache.ts';
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

export const PLANS = 500;

/** What of Apollo's gateway is not in its types: it has no way to plan without executing. */
interface Inside {
  readonly apiSchema: Parameters<typeof import('@apollo/federation-internals').operationFromDocument>[0];
  readonly queryPlanner: { readonly buildQueryPlan: (operation: unknown) => object };
  readonly queryPlanStore: PlanCache<object>;
}

/**
 * Loads a supergraph.
 * @throws what makes it unusable.
 */
export async function openPlanner({ sdl, sourceOf, takesDocuments, log }: PlannerOptions): Promise<Planner> {
  const gateway = new ApolloGateway({
    supergraphSdl: sdl,
    buildService: ({ name, url }) => sourceOf(name, url ?? ''),
    logger: gatewayLogger(log),
    validateSupergraph: true,
    __exposeQueryPlanExperimental: false,
    experimental_didResolveQueryPlan: ({ queryPlan, requestContext }) =>
      (requestContext.context as GraphContext).scope.recorder?.plan(queryPlan),
    queryPlannerConfig: { exposeDocumentNodeInFetchNode: takesDocuments, cache: new PlanCache(PLANS) },
  } as GatewayConfig);
  let apiSchema: GraphQLSchema | undefined;
  gateway.onSchemaLoadOrUpdate((loaded) => {
    apiSchema = loaded.apiSchema;
  });
  const { executor } = await gateway.load({ apollo: {} } as Parameters<ApolloGateway['load']>[0]);
  if (!apiSchema) throw new Error('Apollo gateway has loaded no schema.');
  const schema = apiSchema;
  return {
    executor: executor as Executor,
    apiSchema: schema,
    coreSupergraphSdl: sdl,
    warm: (operations) => warm(gateway as unknown as Inside, schema, operations),
    stop: () => gateway.stop(),
  };
}

async function warm(
  { apiSchema, queryPlanner, queryPlanStore }: Inside,
  schema: GraphQLSchema,
  operations: Iterable<Planned>,
): Promise<void> {
  const { operationFromDocument } = await import('@apollo/federation-internals');
  for (const { document, operationName, queryHash } of operations) {
    await nextTurn();
    if (validate(schema, document).length > 0) continue;
    const operation = operationFromDocument(apiSchema, document, operationName ? { operationName } : {});
    await queryPlanStore.set(planKey(queryHash, operationName), queryPlanner.buildQueryPlan(operation));
  }
}

/** The key under which Apollo's gateway keeps the plan of a request. */
const planKey = (queryHash: string, operationName: string | undefined): string =>
  operationName ? createHash('sha256').update(queryHash).update(operationName).digest('hex') : queryHash;

const gatewayLogger = (log: Log) => ({
  debug: (message: string) => log.trace(message),
  info: (message: string) => log.debug(message),
  warn: (message: string) => log.warn(message),
  error: (message: string) => log.error(message),
});
