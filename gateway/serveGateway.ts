import { Closers } from '../server/closers.ts';
import type { Config } from '../server/config.ts';
import type { Log } from '../server/log.ts';
import type { Metrics } from '../server/metrics.ts';
import { type Running, serve } from '../server/serve.ts';
import type { Viewer } from '../server/viewer.ts';
import { identify } from './access/identity.ts';
import { whoAsks } from './access/whoAsks.ts';
import type { Carrier } from './carrier/carrier.ts';
import { isDevelopment } from './development.ts';
import { type Example, serveExplorer } from './explorer/explorer.ts';
import { serveSupportCsv } from './export/supportCsv.ts';
import type { FaceOf } from './faces.ts';
import { createGateway, type Gateway } from './gateway.ts';
import type { CostOf } from './limits/budget.ts';
import { type OpenPartners, openPartners } from './partners/open.ts';
import { gatewayReadiness } from './readiness.ts';
import type { Scalars } from './scalars.ts';
import { serveSchema } from './schemaRoute.ts';
import { type Supergraph, supergraphError, watchSupergraph } from './supergraph.ts';

export interface ServeGatewayOptions {
  readonly config: Config;
  readonly supergraph: Supergraph;
  readonly carrier: Carrier;
  readonly scalars: Scalars;
  /** The operations that the explorer opens on. */
  readonly examples: readonly Example[];
  /** What an operator wants to see of the subgraphs in this process; it does not decide. */
  readonly details?: (() => Promise<object>) | undefined;
  /** What an operation costs, which partners have a budget for; without it nothing is charged. */
  readonly costOf?: CostOf | undefined;
  readonly log: Log;
  readonly metrics: Metrics;
}

const DEFAULT_PORT = 4000;
const BODY_LIMIT = 64 * 1024;
/** Who records deliveries sends up to 500 rows at once. */
const RECORDER_BODY_LIMIT = 256 * 1024;
// A slow subgraph then costs its own fields, not the whole answer.
const FETCH_SHARE = 0.8;

/**
 * Opens a gateway to the network: what both layouts do once their carrier stands.
 * @throws StartError when the supergraph or the port cannot be used.
 */
export async function serveGateway(options: ServeGatewayOptions): Promise<Running> {
  const { config, supergraph, costOf, log } = options;
  const contracts = [...supergraph.contracts.keys()];
  const partners = openPartners({ config, contracts, costOf, log });
  const closers = new Closers();
  closers.add(options.carrier.close);
  closers.add(async () => partners.close());
  return closers.closeOnFailure(async () => {
    const faceOf = faces(config.production, partners.contractOf);
    const gateway = await createGateway({
      ...options,
      faceOf,
      plugins: partners.plugins,
      unauthorized: config.unauthorizedFields,
      fetchTimeoutMs: Math.ceil(config.requestTimeoutMs * FETCH_SHARE),
    }).catch((error: unknown) => {
      throw supergraphError(supergraph.file, error);
    });
    const running = await listen(options, partners, gateway, faceOf);
    closers.add(running.stop);
    const unwatch = follow(options, partners, gateway);
    closers.add(async () => unwatch());
    return { url: running.url, stop: closers.close };
  });
}

/** Opens the port, and puts everything in its place on the road of a request. */
function listen(
  options: ServeGatewayOptions,
  partners: OpenPartners,
  gateway: Gateway,
  faceOf: FaceOf,
): Promise<Running> {
  const { config, log, metrics } = options;
  return serve({
    apollo: { of: gateway.apolloFor, stop: gateway.stop },
    ...config,
    port: config.port ?? DEFAULT_PORT,
    bodyLimit: RECORDER_BODY_LIMIT,
    bodyLimitOf: ({ role }) =>
      role === 'OFFICER' || role === 'COMMANDER' ? RECORDER_BODY_LIMIT : BODY_LIMIT,
    before: partners.before,
    viewerOf: identify([partners.credential], ({ headers }) => whoAsks(headers, isDevelopment(config))),
    readiness: gatewayReadiness({ ways: gateway.ways, details: options.details }),
    routes: (app) => {
      partners.routes(app, gateway.schema);
      // Whoever has no name is shown what is published, though every field can be asked and answers by its rules.
      serveSchema(app, ({ viewer }) =>
        gateway.schema(config.production && viewer.role === 'PUBLIC' ? 'public' : faceOf(viewer).contract),
      );
      serveSupportCsv(app, { ask: gateway.ask, log, metrics });
      if (!config.production) serveExplorer(app, options.examples);
    },
    log,
    metrics,
  });
}

/** Goes over to each new content of the supergraph's file; gives the way to stop. */
const follow = (
  { config, supergraph, log }: ServeGatewayOptions,
  partners: OpenPartners,
  gateway: Gateway,
): (() => void) =>
  watchSupergraph(
    supergraph.file,
    config.access,
    (changed) => {
      gateway.reload(changed);
      partners.goOverTo([...changed.contracts.keys()]);
      log.info({ file: changed.file }, 'went over to the changed supergraph');
    },
    (error) => log.error({ error }, 'the changed supergraph cannot be used; the one before stays'),
  );

/** Partners meet their contract; in production the schema is shown to whoever has a name. */
const faces =
  (production: boolean, contractOf: (viewer: Viewer) => string | null): FaceOf =>
  (viewer) => ({
    contract: viewer.role === 'PARTNER' ? (contractOf(viewer) ?? 'partner') : null,
    open: !production || viewer.role !== 'PUBLIC',
  });
