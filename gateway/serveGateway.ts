import type { AuditLog } from '../server/auditLog.ts';
import type { Config } from '../server/config.ts';
import type { Log } from '../server/log.ts';
import type { Metrics } from '../server/metrics.ts';
import { type Running, serve } from '../server/serve.ts';
import { demoViewer, publicViewer, type Viewer } from '../server/viewer.ts';
import { auditRefusals } from './access/auditRefusals.ts';
import { demoHeader } from './access/demoHeader.ts';
import { type Credential, identify } from './access/identity.ts';
import type { Carrier } from './carrier/carrier.ts';
import { recorderOf } from './explain/mayExplain.ts';
import { demoAskers } from './explorer/demoAskers.ts';
import { type Example, serveExplorer } from './explorer/explorer.ts';
import { serveSupportCsv } from './export/supportCsv.ts';
import type { FaceOf } from './faces.ts';
import { createGateway, type Gateway } from './gateway.ts';
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
export async function serveGateway(options: ServeGatewayOptions): Promise<Running> {
  const { config, supergraph, carrier, audit, log, metrics } = options;
  const gateway = await createGateway({
    supergraph,
    carrier,
    scalars: options.scalars,
    faceOf: faceOf(config.production),
    unauthorized: config.unauthorizedFields,
    operations: options.examples.map(({ query }) => query),
    fetchTimeoutMs: Math.ceil(config.requestTimeoutMs * FETCH_SHARE),
    log,
    metrics,
  }).catch((error: unknown) => {
    throw supergraphError(supergraph.file, error);
  });
  const running = await serve({
    apollo: { of: gateway.apolloFor, stop: gateway.stop },
    ...config,
    port: config.port ?? DEFAULT_PORT,
    bodyLimit: RECORDER_BODY_LIMIT,
    bodyLimitOf: ({ role }) =>
      role === 'OFFICER' || role === 'COMMANDER' ? RECORDER_BODY_LIMIT : BODY_LIMIT,
    viewerOf: identify(...askers(options)),
    recorderOf: recorderOf(believesDemoHeader(config)),
    readiness: gatewayReadiness({ ways: gateway.ways, details: options.details }),
    routes: (app) => {
      auditRefusals(app, audit, log);
      serveSchema(app, ({ viewer }) => gateway.schema(shownContract(viewer, config.production)));
      serveSupportCsv(app, { ask: gateway.ask, log, metrics });
      if (!config.production)
        serveExplorer(app, options.examples, believesDemoHeader(config) ? demoAskers : []);
    },
    log,
    metrics,
  });
  const unfollow = followSupergraph(gateway, options);
  return {
    url: running.url,
    stop: async () => {
      unfollow();
      await running.stop();
      await carrier.close();
    },
  };
}

/** Plans ahead what is named, and goes over to whatever the supergraph's file becomes; gives the way to stop. */
function followSupergraph(
  gateway: Pick<Gateway, 'warm' | 'reload'>,
  { config, supergraph, log }: ServeGatewayOptions,
): () => void {
  gateway.warm().catch((error: unknown) => log.warn({ error }, 'the named operations could not be planned'));
  return watchSupergraph(
    supergraph.file,
    config.access,
    async (changed) => {
      await gateway.reload(changed);
      log.info({ file: changed.file }, 'went over to the changed supergraph');
    },
    (error) => log.error({ error }, 'the changed supergraph cannot be used; the one before stays'),
  );
}

/** Who may ask, and who asks without credentials: on a developer's machine the demo ministry, elsewhere the public. */
const askers = ({ config, credentials }: ServeGatewayOptions): Parameters<typeof identify> =>
  believesDemoHeader(config) ? [[...credentials, demoHeader], demoViewer] : [credentials, publicViewer];

const believesDemoHeader = ({ host, production }: Config): boolean => isLoopback(host) && !production;

/** Partners meet their contract; in production the schema is shown to whoever has a name. */
const faceOf =
  (production: boolean): FaceOf =>
  ({ role }) => ({
    contract: role === 'PARTNER' ? 'partner' : null,
    open: !production || role !== 'PUBLIC',
  });

/** Whoever has no name is shown what is published, though every field can be asked and answers by its rules. */
const shownContract = (viewer: Viewer, production: boolean): string | null =>
  production && viewer.role === 'PUBLIC' ? 'public' : faceOf(production)(viewer).contract;

const isLoopback = (host: string): boolean => /^(127(\.\d{1,3}){3}|::1|localhost)$/u.test(host);
