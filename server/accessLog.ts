import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

/** Writes one line and one count for each answered request; what asks no graph only at level debug. */
export function logRequests(app: FastifyInstance, log: Log, metrics: Metrics): void {
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    metrics.request(route, request.method, reply.statusCode, reply.elapsedTime / 1_000);
    if (request.routeOptions.config.asksGraph) logOperation(request, reply, log, metrics);
    else log.debug({ requestId: request.id, route, status: reply.statusCode }, 'answered');
    done();
  });
}

function logOperation(request: FastifyRequest, reply: FastifyReply, log: Log, metrics: Metrics): void {
  // No scope: the request was refused before anybody knew who asked, and that refusal has been counted.
  const { outcome, client, traceparent } = request.scope ?? {};
  for (const code of outcome?.codes ?? []) metrics.error(code);
  const codes = new Set([...(outcome?.codes ?? []), ...(request.refusedWith ? [request.refusedWith] : [])]);
  if (!log.isLevelEnabled('info')) return;
  log.info(
    {
      requestId: request.id,
      traceId: traceparent?.slice(3, 35),
      operation: outcome?.operationName,
      type: outcome?.operationType,
      address: request.ip,
      client: client?.name,
      clientVersion: client?.version,
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime * 10) / 10,
      ...(codes.size > 0 ? { codes: [...codes] } : {}),
    },
    'operation',
  );
}
