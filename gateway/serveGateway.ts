import type { FastifyInstance } from 'fastify';
import type { AuditLog } from '../server/auditLog.ts';
import { Closers } from '../server/closers.ts';
import type { Config } from '../server/config.ts';
import type { Log } from '../server/log.ts';
import type { Metrics } from '../server/metrics.ts';
import { type Served, serve } from '../server/serve.ts';
import { demoViewer, publicViewer, type Viewer } from '../server/viewer.ts';
import { auditRefusals } from './access/auditRefusals.ts';
import { demoHeader } from './access/demoHeader.ts';
import { type Credential, identify } from './access/identity.ts';
import type { Carrier } from './carrier/carrier.ts';
import { type Client, createClient } from './client/client.ts';
import { serveAssets, serveDashboard } from './client/serveDashboard.ts';
import { isDevelopment } from './development.ts';
import { recorderOf } from './explain/mayExplain.ts';
import { demoAskers } from './explorer/demoAskers.ts';
import { type Example, serveExplorer } from './explorer/explorer.ts';
import { serveSupportCsv } from './export/supportCsv.ts';
import type { FaceOf } from './faces.ts';
import { createGateway, type Gateway } from './gateway.ts';
import type { CostOf } from './limits/cost.ts';
import type { Meter } from './limits/meter.ts';
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
  /** The kinds of credentials that say who asks. */
  readonly credentials: readonly Credential[];
  /** Where refusals are recorded. */
  readonly audit: Pick<AuditLog, 'append'>;
  /** The operations that the explorer opens on. */
  readonly examples: readonly Example[];
  /** Whether the dashboard is served: it asks our own graph, and another one would not know its fields. */
  readonly dashboard?: boolean;
  /** Where is counted how often somebody asks: in this process, or in Redis, when left out. */
  readonly meter?: Meter | undefined;
  /** What an operator wants to see of the subgraphs in this process; it does not decide. */
  readonly details?: (() => Promise<object>) | undefined;
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
export async function serveGateway(options: ServeGatewayOptions): Promise<Served> {
  const { config, supergraph } = options;
  const contracts = [...supergraph.contracts.keys()];
  // The gateway says what partners are charged, once it stands.
  let costOf: CostOf = () => 0;
  const partners = openPartners({ ...options, contracts, costOf: (...asked) => costOf(...asked) });
  const closers = new Closers();
  closers.add(options.carrier.close);
  closers.add(async () => partners.close());
  return closers.closeOnFailure(async () => {
    const faceOf = faces(config.production, partners.contractOf);
    const gateway = await createGateway({
      ...options,
      faceOf,
      limitsOf: partners.limitsOf,
      plugins: partners.plugins,
      unauthorized: config.unauthorizedFields,
      operations: options.examples.map(({ query }) => query),
      fetchTimeoutMs: Math.ceil(config.requestTimeoutMs * FETCH_SHARE),
    }).catch((error: unknown) => {
      throw supergraphError(supergraph.file, error);
    });
    costOf = gateway.costOf;
    const client = createClient(config.dataDir, options.log);
    const running = await listen(options, partners, gateway, faceOf, client);
    closers.add(running.stop);
    closers.add(client.stop);
    // The explorer alone is built when somebody looks at it.
    if (options.dashboard) void client.begin();
    const unfollow = followSupergraph(options, partners, gateway);
    closers.add(async () => unfollow());
    return { ...running, stop: closers.close };
  });
}

/** Opens the port, and puts everything in its place on the road of a request. */
function listen(
  options: ServeGatewayOptions,
  partners: OpenPartners,
  gateway: Gateway,
  faceOf: FaceOf,
  client: Client,
): Promise<Served> {
  const { config, log, metrics } = options;
  return serve({
    apollo: { of: gateway.serverFor, stop: gateway.stop },
    ...config,
    port: config.port ?? DEFAULT_PORT,
    bodyLimit: RECORDER_BODY_LIMIT,
    bodyLimitOf: ({ role }) =>
      role === 'OFFICER' || role === 'COMMANDER' ? RECORDER_BODY_LIMIT : BODY_LIMIT,
    before: partners.before,
    viewerOf: identify(...askers(options, partners)),
    recorderOf: recorderOf(isDevelopment(config)),
    readiness: gatewayReadiness({ ways: gateway.ways, details: options.details }),
    routes: (app) => {
      auditRefusals(app, options.audit, log);
      partners.routes(app, gateway.schema);
      // Whoever has no name is shown what is published, though every field can be asked and answers by its rules.
      serveSchema(app, ({ viewer }) =>
        gateway.schema(config.production && viewer.role === 'PUBLIC' ? 'public' : faceOf(viewer).contract),
      );
      serveSupportCsv(app, { ask: gateway.ask, log, metrics });
      servePages(app, options, client);
    },
    log,
    metrics,
  });
}

/** The pages for people: the dashboard, and outside of production the explorer. */
function servePages(
  app: FastifyInstance,
  { config, dashboard, examples }: ServeGatewayOptions,
  client: Client,
): void {
  const whom = isDevelopment(config) ? demoAskers : [];
  if (dashboard) serveDashboard(app, client, whom);
  if (!config.production) serveExplorer(app, { client, examples, askers: whom });
  if (dashboard || !config.production) serveAssets(app, client);
}

/** Plans ahead what is named, and goes over to whatever the supergraph's file becomes; gives the way to stop. */
function followSupergraph(
  { config, supergraph, log }: ServeGatewayOptions,
  partners: Pick<OpenPartners, 'goOverTo'>,
  gateway: Pick<Gateway, 'warm' | 'reload'>,
): () => void {
  gateway.warm().catch((error: unknown) => log.warn({ error }, 'the named operations could not be planned'));
  return watchSupergraph(
    supergraph.file,
    config.access,
    async (changed) => {
      await gateway.reload(changed);
      partners.goOverTo([...changed.contracts.keys()]);
      log.info({ file: changed.file }, 'went over to the changed supergraph');
    },
    (error) => log.error({ error }, 'the changed supergraph cannot be used; the one before stays'),
  );
}

/** Who may ask, and who asks without credentials: on a developer's machine the demo ministry, elsewhere the public. */
const askers = (
  { config, credentials }: ServeGatewayOptions,
  { credential }: Pick<OpenPartners, 'credential'>,
): Parameters<typeof identify> =>
  isDevelopment(config)
    ? [[...credentials, credential, demoHeader], demoViewer]
    : [[...credentials, credential], publicViewer];

/** Partners meet their contract; in production the schema is shown to whoever has a name. */
const faces =
  (production: boolean, contractOf: (viewer: Viewer) => string | null): FaceOf =>
  (viewer) => ({
    contract: viewer.role === 'PARTNER' ? (contractOf(viewer) ?? 'partner') : null,
    open: !production || viewer.role !== 'PUBLIC',
  });
