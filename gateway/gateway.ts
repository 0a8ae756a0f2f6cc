import type { ApolloServerPlugin } from '@apollo/server';
import { type FormattedExecutionResult, GraphQLError, type GraphQLSchema } from 'graphql';
import { createApollo, type GraphqlServer } from '../server/apollo.ts';
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
import { explainedExecutor } from './explain/explainedExecutor.ts';
import { type Face, type FaceOf, Faces } from './faces.ts';
import { HotOperations, namedOperations } from './hotOperations.ts';
import type { CostOf } from './limits/cost.ts';
import { enforceLimits, type LimitsOf, refusalRule } from './limits/enforce.ts';
import { limitsOfRole, MAX_TOKENS } from './limits/limits.ts';
import { knownOperationTypesRule } from './operationTypes.ts';
import { openPlanner, PLANS, type Planner, plannedOf } from './planner.ts';
import { type Scalars, scalarLiteralRule } from './scalars.ts';
import { type Loaded, SchemaKeeper } from './schemaKeeper.ts';
import { createSource, namesOneOf } from './source.ts';
import type { Supergraph } from './supergraph.ts';
import { Ways } from './ways.ts';

/** What of a supergraph a gateway works with. */
export type Composed = Omit<Supergraph, 'file'>;

export interface GatewayOptions {
  readonly supergraph: Composed;
  readonly carrier: Carrier;
  readonly scalars: Scalars;
  readonly faceOf: FaceOf;
  /** The texts of operations whose plans should be there before they are asked. */
  readonly operations?: readonly string[];
  readonly unauthorized: UnauthorizedMode;
  readonly fetchTimeoutMs: number;
  /** What one operation of a request may ask: by default what the viewer's role may; null for no limit. */
  readonly limitsOf?: LimitsOf;
  readonly maxTokens?: number;
  /** What else takes part in each operation. */
  readonly plugins?: readonly ApolloServerPlugin<GraphContext>[];
  readonly log: Log;
  readonly metrics: Metrics;
}

/** The graph behind one endpoint, without a port. */
export interface Gateway {
  /** The server of the face that an asker meets. */
  readonly serverFor: (scope: RequestScope) => Promise<GraphqlServer>;
  /** Asks the graph without a port: validated, limited and masked as over HTTP. */
  readonly ask: (
    request: { readonly query: string; readonly variables: Readonly<Record<string, unknown>> },
    scope: RequestScope,
  ) => Promise<FormattedExecutionResult>;
  /**
   * Estimates what a valid operation costs, in the units of `@cost` (docs/limits.md). @throws when the document has no
   * operation of the name, or several and no name is given.
   */
  readonly costOf: CostOf;
  /** The schema of a contract, or of the whole graph (`null`, and every contract of a graph that has none). */
  readonly schema: (contract: string | null) => GraphQLSchema;
  /** The ways to the subgraphs of the present supergraph, by name. */
  readonly ways: () => ReadonlyMap<string, Way>;
  /** Makes the plans of the named operations, without hurry. */
  readonly warm: () => Promise<void>;
  /**
   * Goes over to another supergraph, once the named operations and those asked last are planned for it.
   * @throws when it cannot be used; then the one before stays.
   */
  readonly reload: (supergraph: Composed) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/**
 * Gives a gateway over any supergraph, started.
 * @throws what makes the supergraph unusable.
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  switchOffApolloTelemetry();
  const ways = new Ways(options.carrier);
  const hot = new HotOperations(PLANS);
  const named = namedOperations(options.operations ?? []);
  const keeper = new SchemaKeeper(options.scalars);
  let supergraph = options.supergraph;
  let planner = await plannerOf(supergraph, ways, options);
  keeper.load(planner, supergraph);
  if (keeper.costs().isGuess)
    options.log.warn(
      'the supergraph does not say how long its lists are (@listSize): what an operation costs is not limited',
    );
  const executor: Executor = (request) => {
    hot.note(plannedOf(request));
    return planner.executor(request);
  };
  const faces = new Faces((face) => serverOf(face, executor, keeper, options));
  await faces.of({ contract: null, open: true });
  const serverFor = ({ viewer, registered }: RequestScope) =>
    faces.of({ ...options.faceOf(viewer), trusted: registered?.trusted ?? false });
  return {
    serverFor,
    ask: async (request, scope) => {
      const { apollo } = await serverFor(scope);
      const { body } = await apollo.executeOperation(request, { contextValue: { scope } });
      if (body.kind !== 'single') throw new Error('The graph answered in parts, which nobody asked for.');
      return body.singleResult;
    },
    costOf: (document, variables, name) => keeper.costs().estimate(document, variables, name).cost,
    schema: (contract) => keeper.schema(contract),
    ways: () => ways.of(supergraph.subgraphs),
    warm: () => planner.warm(named),
    reload: async (changed) => {
      const next = await plannerOf(changed, ways, options);
      await next.warm([...named, ...hot]);
      keeper.load(next, changed);
      const before = planner;
      [planner, supergraph] = [next, changed];
      await before.stop();
    },
    stop: async () => {
      await faces.stop();
      await planner.stop();
    },
  };
}

const plannerOf = ({ sdl, recorded }: Composed, ways: Ways, options: GatewayOptions): Promise<Planner> =>
  openPlanner({
    sdl,
    takesDocuments: options.carrier.takesDocuments,
    log: options.log,
    sourceOf: (name, url) =>
      createSource({
        name,
        way: ways.open(name, url),
        timeoutMs: options.fetchTimeoutMs,
        recorded: namesOneOf(recorded),
        log: options.log,
        metrics: options.metrics,
      }),
  });

/** Starts the server of one face: what it validates by is the face's, planning and fetching are everybody's. */
async function serverOf(
  { contract, open, trusted }: Face,
  planned: Executor,
  keeper: SchemaKeeper,
  options: GatewayOptions,
): Promise<GraphqlServer> {
  const { log, scalars } = options;
  const guarded = guardedExecutor({
    executor: async (request) =>
      request.operation ? planned(request) : noOperation(request.request.operationName),
    guarded: () => keeper.guarded(),
    mode: options.unauthorized,
  });
  const answer = contract ? ownIntrospection(guarded, () => keeper.schema(contract)) : guarded;
  const executor = explainedExecutor(answer);
  const server = createApollo({
    graph: {
      gateway: {
        load: async () => {
          const loaded = keeper.loaded(contract);
          for (const listener of keeper.listeners(contract)) listener(loaded);
          return { executor };
        },
        onSchemaLoadOrUpdate: (listener: (loaded: Loaded) => void) => keeper.listen(contract, listener),
        stop: async () => {},
      },
      executor,
    },
    introspection: open,
    hidesSchema: !open,
    validationRules: [refusalRule, knownOperationTypesRule, scalarLiteralRule(scalars)],
    ...(trusted ? {} : { maxTokens: options.maxTokens ?? MAX_TOKENS }),
    plugins: [
      enforceLimits({
        limitsOf: options.limitsOf ?? (({ viewer }, { isGuess }) => limitsOfRole(viewer.role, isGuess)),
        costs: () => keeper.costs(),
      }),
      ...(options.plugins ?? []),
    ],
    maskErrors: clientErrors(log, { hidesSchema: !open }),
    log,
  });
  // Starting tells the first schema.
  keeper.listen(contract, ({ apiSchema }) => server.known?.goOverTo(apiSchema));
  await server.apollo.start();
  return server;
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
