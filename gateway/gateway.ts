import { ApolloGateway, type GatewayConfig } from '@apollo/gateway';
import type { ApolloServer, ApolloServerPlugin } from '@apollo/server';
import { type FormattedExecutionResult, GraphQLError, type GraphQLSchema } from 'graphql';
import { createApollo } from '../server/apollo.ts';
import { switchOffApolloTelemetry } from '../server/config.ts';
import type { Log } from '../server/log.ts';
import type { Metrics } from '../server/metrics.ts';
import type { GraphContext, RequestScope } from '../server/requestScope.ts';
import {
  type Execution,
  type Executor,
  guardedExecutor,
  type UnauthorizedMode,
} from './access/guardedExecutor.ts';
import { ownIntrospection } from './access/ownIntrospection.ts';
import type { Carrier, Way } from './carrier/carrier.ts';
import { clientErrors } from './clientErrors.ts';
import { type Face, type FaceOf, Faces } from './faces.ts';
import { type ShapeLimits, shapeRule } from './limits/shape.ts';
import { PlanCache } from './planCache.ts';
import { type Scalars, scalarLiteralRule } from './scalars.ts';
import { type Loaded, SchemaKeeper } from './schemaKeeper.ts';
import { createSource } from './source.ts';
import type { Supergraph } from './supergraph.ts';

/** What of a supergraph a gateway works with. */
export type Composed = Pick<Supergraph, 'sdl' | 'subgraphs' | 'access' | 'contracts'>;

export interface GatewayOptions {
  readonly supergraph: Composed;
  readonly carrier: Carrier;
  readonly scalars: Scalars;
  readonly faceOf: FaceOf;
  readonly unauthorized: UnauthorizedMode;
  readonly fetchTimeoutMs: number;
  readonly limits?: Partial<Limits>;
  /** What else takes part in each operation. */
  readonly plugins?: readonly ApolloServerPlugin<GraphContext>[];
  readonly log: Log;
  readonly metrics: Metrics;
}

interface Limits extends ShapeLimits {
  readonly tokens: number;
}

const defaultLimits: Limits = { depth: 12, aliases: 30, fields: 1_000, tokens: 4_000 };

const PLANS = 500;

/** The graph behind one endpoint, without a port. */
export interface Gateway {
  /** The server of the face that an asker meets. */
  readonly apolloFor: (scope: RequestScope) => Promise<ApolloServer<GraphContext>>;
  /** Asks the graph without a port: validated, limited and masked as over HTTP. */
  readonly ask: (
    request: { readonly query: string; readonly variables: Readonly<Record<string, unknown>> },
    scope: RequestScope,
  ) => Promise<FormattedExecutionResult>;
  /** The schema of a contract, or of the whole graph (`null`, and every contract of a graph that has none). */
  readonly schema: (contract: string | null) => GraphQLSchema;
  /** The ways to the subgraphs of the present supergraph, by name. */
  readonly ways: () => ReadonlyMap<string, Way>;
  /** Goes over to another supergraph. @throws when it cannot be used; then the one before stays. */
  readonly reload: (supergraph: Composed) => void;
  readonly stop: () => Promise<void>;
}

/**
 * Gives a gateway over any supergraph, started.
 * @throws what makes the supergraph unusable.
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  switchOffApolloTelemetry();
  const ways = new Map<string, Way>();
  let update: (sdl: string) => void = () => {};
  const gateway = new ApolloGateway({
    supergraphSdl: async (hook) => {
      update = hook.update;
      return { supergraphSdl: options.supergraph.sdl };
    },
    buildService: ({ name, url }) => sourceOf(options, ways, name, url ?? ''),
    logger: gatewayLogger(options.log),
    validateSupergraph: true,
    __exposeQueryPlanExperimental: false,
    queryPlannerConfig: {
      exposeDocumentNodeInFetchNode: options.carrier.takesDocuments,
      cache: new PlanCache(PLANS),
    },
  } as GatewayConfig);
  const keeper = new SchemaKeeper(options.supergraph, options.scalars);
  gateway.onSchemaLoadOrUpdate((loaded) => keeper.load(loaded));
  const { executor } = await gateway.load({ apollo: {} } as Parameters<ApolloGateway['load']>[0]);
  const faces = new Faces((face) => serverOf(face, executor as Executor, keeper, options));
  await faces.of({ contract: null, open: true });
  const apolloFor = ({ viewer, registered }: RequestScope) =>
    faces.of({ ...options.faceOf(viewer), trusted: registered?.trusted ?? false });
  let { subgraphs } = options.supergraph;
  return {
    apolloFor,
    ask: async (request, scope) => {
      const apollo = await apolloFor(scope);
      const { body } = await apollo.executeOperation(request, { contextValue: { scope } });
      if (body.kind !== 'single') throw new Error('The graph answered in parts, which nobody asked for.');
      return body.singleResult;
    },
    schema: (contract) => keeper.schema(contract),
    ways: () => new Map(subgraphs.map(({ name }) => [name, ways.get(name) as Way])),
    reload: (supergraph) => {
      keeper.goOverTo(supergraph, () => update(supergraph.sdl));
      subgraphs = supergraph.subgraphs;
    },
    stop: async () => {
      await faces.stop();
      await gateway.stop();
    },
  };
}

/** Starts the server of one face: what it validates by is the face's, planning and fetching are everybody's. */
async function serverOf(
  { contract, open, trusted }: Face,
  executor: Executor,
  keeper: SchemaKeeper,
  options: GatewayOptions,
): Promise<ApolloServer<GraphContext>> {
  const { log, scalars } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const guarded = guardedExecutor({
    executor: async (request) =>
      request.operation
        ? withoutHiddenErrors(await executor(request))
        : noOperation(request.request.operationName),
    guarded: () => keeper.guarded(),
    mode: options.unauthorized,
  });
  const apollo = createApollo({
    graph: {
      gateway: {
        load: async () => {
          const loaded = keeper.loaded(contract);
          for (const listener of keeper.listeners(contract)) listener(loaded);
          return { executor: contract ? ownIntrospection(guarded, () => keeper.schema(contract)) : guarded };
        },
        onSchemaLoadOrUpdate: (listener: (loaded: Loaded) => void) => keeper.listen(contract, listener),
        stop: async () => {},
      },
    },
    introspection: open,
    hidesSchema: !open,
    validationRules: [...(trusted ? [] : [shapeRule(limits)]), scalarLiteralRule(scalars)],
    ...(trusted ? {} : { maxTokens: limits.tokens }),
    plugins: options.plugins ?? [],
    maskErrors: clientErrors(log),
    log,
  });
  await apollo.start();
  return apollo;
}

function sourceOf(options: GatewayOptions, ways: Map<string, Way>, name: string, url: string) {
  const { fetchTimeoutMs: timeoutMs, log, metrics } = options;
  const way = options.carrier.open(name, url);
  ways.set(name, way);
  return createSource({ name, way, timeoutMs, log, metrics });
}

/** Apollo Server gives this the code and the status; the gateway itself would call it an internal error. */
const noOperation = (name: string | undefined): Execution => ({
  errors: [
    new GraphQLError(
      name
        ? `The document has no operation named ${JSON.stringify(name)}.`
        : 'The document has several operations; name one of them in operationName.',
    ),
  ],
});

/** The gateway hides in `extensions.valueCompletion` that a subgraph broke its schema; a client must see why data is null. */
function withoutHiddenErrors(execution: Execution): Execution {
  const { extensions, ...rest } = execution;
  const hidden = extensions?.valueCompletion as Execution['errors'];
  if (!hidden) return execution;
  const asFaults = hidden.map(
    ({ message, path }) =>
      new GraphQLError(message, { path: path ?? null, extensions: { code: 'INTERNAL_SERVER_ERROR' } }),
  );
  return { ...rest, errors: [...(rest.errors ?? []), ...asFaults] };
}

const gatewayLogger = (log: Log) => ({
  debug: (message: string) => log.trace(message),
  info: (message: string) => log.debug(message),
  warn: (message: string) => log.warn(message),
  error: (message: string) => log.error(message),
});
