import { ApolloGateway, type GatewayConfig } from '@apollo/gateway';
import type { ApolloServer } from '@apollo/server';
import { type FormattedExecutionResult, GraphQLError, type GraphQLSchema } from 'graphql';
import { type ApolloGatewayOption, createApollo } from '../server/apollo.ts';
import { switchOffApolloTelemetry } from '../server/config.ts';
import type { Log } from '../server/log.ts';
import type { Metrics } from '../server/metrics.ts';
import type { GraphContext, RequestScope } from '../server/requestScope.ts';
import type { Carrier, Way } from './carrier/carrier.ts';
import { clientErrors } from './clientErrors.ts';
import { type ShapeLimits, shapeRule } from './limits/shape.ts';
import { PlanCache } from './planCache.ts';
import { checkVariables, type Scalars, scalarLiteralRule } from './scalars.ts';
import { createSource } from './source.ts';
import type { Supergraph } from './supergraph.ts';

export interface GatewayOptions {
  readonly supergraph: Pick<Supergraph, 'sdl' | 'subgraphs'>;
  readonly carrier: Carrier;
  readonly scalars: Scalars;
  readonly introspection: boolean;
  readonly fetchTimeoutMs: number;
  readonly limits?: Partial<Limits>;
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
  readonly apollo: ApolloServer<GraphContext>;
  /** Asks the graph without a port: validated, limited and masked as over HTTP. */
  readonly ask: (
    request: { readonly query: string; readonly variables: Readonly<Record<string, unknown>> },
    scope: RequestScope,
  ) => Promise<FormattedExecutionResult>;
  /** The schema that clients see. */
  readonly schema: () => GraphQLSchema;
  /** The ways to the subgraphs of the present supergraph, by name. */
  readonly ways: () => ReadonlyMap<string, Way>;
  /** Goes over to another supergraph. @throws when it cannot be used; then the one before stays. */
  readonly reload: (supergraph: Pick<Supergraph, 'sdl' | 'subgraphs'>) => void;
}

/**
 * Gives a gateway over any supergraph, started.
 * @throws what makes the supergraph unusable.
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  switchOffApolloTelemetry();
  const { log, scalars } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const ways = new Map<string, Way>();
  let update: (sdl: string) => void = () => {};
  const gateway = new ApolloGateway({
    supergraphSdl: async (hook) => {
      update = hook.update;
      return { supergraphSdl: options.supergraph.sdl };
    },
    buildService: ({ name, url }) => sourceOf(options, ways, name, url ?? ''),
    logger: gatewayLogger(log),
    validateSupergraph: true,
    __exposeQueryPlanExperimental: false,
    queryPlannerConfig: {
      exposeDocumentNodeInFetchNode: options.carrier.takesDocuments,
      cache: new PlanCache(PLANS),
    },
  } as GatewayConfig);
  const graph = withScalars(gateway, scalars);
  const apollo = createApollo({
    graph: { gateway: graph },
    introspection: options.introspection,
    validationRules: [shapeRule(limits), scalarLiteralRule(scalars)],
    maxTokens: limits.tokens,
    maskErrors: clientErrors(log),
    log,
  });
  await apollo.start();
  let { subgraphs } = options.supergraph;
  return {
    apollo,
    ask: async (request, scope) => {
      const { body } = await apollo.executeOperation(request, { contextValue: { scope } });
      if (body.kind !== 'single') throw new Error('The graph answered in parts, which nobody asked for.');
      return body.singleResult;
    },
    schema: () => gateway.schema as GraphQLSchema,
    ways: () => new Map(subgraphs.map(({ name }) => [name, ways.get(name) as Way])),
    reload: (supergraph) => {
      update(supergraph.sdl);
      subgraphs = supergraph.subgraphs;
    },
  };
}

function sourceOf(options: GatewayOptions, ways: Map<string, Way>, name: string, url: string) {
  const { fetchTimeoutMs: timeoutMs, log, metrics } = options;
  const way = options.carrier.open(name, url);
  ways.set(name, way);
  return createSource({ name, way, timeoutMs, log, metrics });
}

/** Every schema the gateway loads learns the scalars before Apollo Server validates with it. */
function withScalars(gateway: ApolloGateway, scalars: Scalars): ApolloGatewayOption {
  return {
    load: async (options) => {
      const { executor } = await gateway.load(options);
      return {
        executor: async (request) =>
          request.operation
            ? withoutHiddenErrors(await executor(request))
            : noOperation(request.request.operationName),
      };
    },
    onSchemaLoadOrUpdate: (callback) =>
      gateway.onSchemaLoadOrUpdate((loaded) => {
        checkVariables(loaded.apiSchema, scalars);
        callback(loaded);
      }),
    stop: () => gateway.stop(),
  };
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

type Execution = Awaited<ReturnType<ApolloGateway['executor']>>;

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
