import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import type { FormattedExecutionResult } from 'graphql';
import { createApollo } from '../server/apollo.ts';
import type { Config } from '../server/config.ts';
import { GraphError, mask } from '../server/errors.ts';
import { EXPLAIN_HEADER } from '../server/explain.ts';
import { MOST_ASKED } from '../server/line/messages.ts';
import type { Log } from '../server/log.ts';
import type { Metrics } from '../server/metrics.ts';
import type { GraphContext } from '../server/requestScope.ts';
import { type Running, serve } from '../server/serve.ts';
import { VIEWER_HEADER, type Viewer, viewerReader } from '../server/viewer.ts';
import { askInTime, statusOf } from './askInTime.ts';
import { serveFeed } from './feedRoute.ts';
import { serveLines } from './serveLines.ts';
import type { Door } from './subgraph.ts';

export interface ServeSubgraphOptions {
  readonly door: Pick<Door, 'name' | 'schema' | 'ask' | 'notReady' | 'events' | 'status'>;
  readonly config: Pick<Config, 'host' | 'requestTimeoutMs' | 'drainTimeoutMs' | 'trustProxy' | 'production'>;
  readonly port: number;
  readonly viewerKey: string;
  readonly log: Log;
  readonly metrics: Metrics;
}

/**
 * Opens a door to the network. Requests must carry a viewer signed by the gateway; the door answers them, so that
 * masks, access and answers are those of the memory carrier.
 * @throws StartError when the port cannot be opened.
 */
export async function serveSubgraph(options: ServeSubgraphOptions): Promise<Running> {
  const { door, config, log, metrics } = options;
  const server = createApollo({
    graph: { schema: door.schema, answer: answerBy(door) },
    introspection: !config.production,
    maskErrors: (errors, { requestId }) =>
      errors.map((error) =>
        mask(error, {
          requestId,
          logUnexpected: (cause) => log.error({ requestId, error: cause }, 'unexpected error'),
        }),
      ),
    log,
  });
  await server.apollo.start();
  metrics.watchEvents(door.name, door.status);
  const readViewer = viewerReader(options.viewerKey);
  const viewerOf = (header: string | undefined) => viewerOr401(readViewer(header));
  return serve({
    ...config,
    apollo: { of: () => server, stop: () => server.apollo.stop() },
    port: options.port,
    // Only the gateway sends something, and it has limited what a client can ask.
    bodyLimit: MOST_ASKED,
    corsOrigins: [],
    viewerOf: ({ headers }) => viewerOf(headers[VIEWER_HEADER] as string | undefined),
    readiness: async () => {
      const reason = await door.notReady().catch((error: unknown) => {
        log.warn({ error }, 'the database does not answer');
        return 'The database does not answer.';
      });
      if (reason) return { ready: false, reason };
      return { ready: true, details: { events: await door.status() } };
    },
    routes: (app, drain) => {
      serveFeed(app, door, options.viewerKey);
      serveLines(app, { ...config, door, viewerOf, drain, log, metrics });
    },
    log,
    metrics,
  });
}

function viewerOr401(viewer: Viewer | null): Viewer {
  if (viewer) return viewer;
  throw new GraphError(
    'UNAUTHENTICATED',
    `A subgraph answers only the gateway: the header ${VIEWER_HEADER}, signed with VIEWER_KEY, is missing, altered or older than 30 seconds.`,
  );
}

/** Apollo Server has parsed and validated; from here on the door does what it does for the memory carrier. */
function answerBy(door: Pick<Door, 'ask'>): ApolloServerPlugin<GraphContext> {
  return {
    requestDidStart: async () => ({
      responseForOperation: async ({ document, operation, request, contextValue: { scope } }) => {
        // Without an operation Apollo Server says which name it did not find.
        if (!operation) return null;
        const { viewer, requestId } = scope;
        const { variables, operationName, http } = request;
        // Whoever comes this far has a viewer signed by the gateway, which has decided whether it may see this.
        const explain = http?.headers.get(EXPLAIN_HEADER) === '1';
        const asked = { document, variables, operationName, viewer, requestId, explain };
        return response(await askInTime(door, asked, scope.deadline.remaining()));
      },
    }),
  };
}

const response = (singleResult: FormattedExecutionResult) => ({
  http: { status: statusOf(singleResult), headers: new HeaderMap() },
  body: { kind: 'single' as const, singleResult },
});
