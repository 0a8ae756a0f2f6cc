import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { logRequests } from './accessLog.ts';
import { limitBodies } from './bodyLimit.ts';
import { deadlineOf } from './deadline.ts';
import { createDrain, type Drain, shuttingDown } from './drain.ts';
import type { Recorder } from './explain.ts';
import { type GraphqlServers, serveGraphql } from './graphqlRoute.ts';
import { type Readiness, serveHealth } from './health.ts';
import { answerErrorsAsJson } from './httpErrors.ts';
import { listen } from './listen.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import {
  clientOf,
  DEADLINE_HEADER,
  REQUEST_ID_HEADER,
  type RequestScope,
  requestIdOf,
  traceparentOf,
} from './requestScope.ts';
import { setSecurityHeaders } from './securityHeaders.ts';
import { answerUnreadable } from './unreadable.ts';
import type { Viewer } from './viewer.ts';

declare module 'fastify' {
  interface FastifyRequest {
    scope: RequestScope;
  }
  interface FastifyContextConfig {
    /** Whether a route asks the graph: then its requests have a scope, and are waited for when the server stops. */
    asksGraph?: boolean;
  }
}

export interface ServeOptions {
  readonly apollo: GraphqlServers;
  readonly host: string;
  readonly port: number;
  /** Bytes of a body at most; `bodyLimitOf` may allow a viewer less. */
  readonly bodyLimit: number;
  readonly bodyLimitOf?: (viewer: Viewer) => number;
  readonly requestTimeoutMs: number;
  readonly drainTimeoutMs: number;
  readonly trustProxy: boolean | string;
  readonly corsOrigins: readonly string[];
  /** What looks at every request before anybody knows who asks. */
  readonly before?: (app: FastifyInstance) => void;
  /** Says who is asking. @throws GraphError UNAUTHENTICATED when that cannot be believed. */
  readonly viewerOf: (request: FastifyRequest) => Viewer | Promise<Viewer>;
  /** Gives what notes the cost of a request that shall be explained. @throws GraphError FORBIDDEN when its viewer may not see that. */
  readonly recorderOf?: (request: FastifyRequest, viewer: Viewer) => Recorder | undefined;
  readonly readiness: () => Promise<Readiness>;
  /** What else is served beside the graph: the explorer, the SDL. */
  readonly routes?: (app: FastifyInstance, drain: Drain) => void;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Something that runs until it is stopped. */
export interface Running {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Something that answers at a port. */
export interface Served extends Running {
  /** Leaves the port to other processes that listen on it, without a request that fails; to be stopped then. */
  readonly leave: () => Promise<void>;
}

/**
 * The HTTP edge of gateway and subgraphs: GraphQL at /graphql, health, metrics. Gives the address it listens on and
 * how to stop it: readiness fails first, running requests are answered, then the port closes.
 * @throws StartError when the port cannot be opened.
 */
export async function serve(options: ServeOptions): Promise<Served> {
  const { apollo, log, metrics } = options;
  const drain = createDrain(options.drainTimeoutMs, log);
  const app = createApp(options);
  answerErrorsAsJson(app, log, metrics);
  logRequests(app, log, metrics);
  options.before?.(app);
  beginRequests(app, options, drain);
  if (options.bodyLimitOf) limitBodies(app, options.bodyLimitOf);
  await setSecurityHeaders(app, options.corsOrigins);
  serveGraphql(app, apollo);
  serveHealth(app, options.readiness, drain.isDraining);
  app.get('/metrics', async (_request, reply) => {
    void reply.type(metrics.registry.contentType);
    return metrics.text();
  });
  options.routes?.(app, drain);
  const url = await listen(app, options.host, options.port);
  const stop = async () => {
    await drain.run(app);
    await apollo.stop();
  };
  return { url, leave: () => drain.leave(app), stop };
}

function createApp({ bodyLimit, trustProxy, requestTimeoutMs }: ServeOptions): FastifyInstance {
  const app = Fastify({
    logger: false,
    bodyLimit,
    trustProxy,
    requestTimeout: requestTimeoutMs,
    requestIdHeader: false,
    genReqId: (request) => requestIdOf(request.headers[REQUEST_ID_HEADER]),
    clientErrorHandler: answerUnreadable,
  });
  app.decorateRequest('scope');
  // Only JSON has a parser: a form or text/plain is what a page of another site can send without asking.
  app.removeContentTypeParser('text/plain');
  return app;
}

function beginRequests(app: FastifyInstance, options: ServeOptions, drain: Drain): void {
  app.addHook('onRequest', async (request, reply) => {
    void reply.header(REQUEST_ID_HEADER, request.id);
    if (drain.isClosing()) void reply.header('connection', 'close');
    if (!request.routeOptions.config.asksGraph) return;
    if (drain.isDraining()) throw shuttingDown();
    request.scope = scopeOf(request, await options.viewerOf(request), options);
    reply.raw.once('close', drain.enter());
  });
}

const scopeOf = (request: FastifyRequest, viewer: Viewer, options: ServeOptions): RequestScope => ({
  requestId: request.id,
  traceparent: traceparentOf(request.headers.traceparent),
  viewer,
  deadline: deadlineOf(request.headers[DEADLINE_HEADER], options.requestTimeoutMs),
  client: clientOf(request.headers),
  address: request.ip,
  outcome: { operationName: null, operationType: null, codes: [] },
  recorder: options.recorderOf?.(request, viewer),
});
