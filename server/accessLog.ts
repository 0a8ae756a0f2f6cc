import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorCode } from './errors.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { RequestScope } from './requestScope.ts';

/** Writes one line and one count for each answered request; what asks no graph only at level debug. */
export function logRequests(app: FastifyInstance, log: Log, metrics: Metrics): void {
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    metrics.request(route, request.method, reply.statusCode, reply.elapsedTime / 1_000);
    if (request.routeOptions.config.asksGraph) logOperation(answeredOver(request, reply), log, metrics);
    else log.debug({ requestId: request.id, route, status: reply.statusCode }, 'answered');
    done();
  });
}

/** An operation that was answered, or refused. */
export interface AnsweredOperation {
  readonly requestId: string;
  /** Missing where the request was refused before anybody knew who asked, and that refusal has been counted. */
  readonly scope: Pick<RequestScope, 'outcome' | 'client' | 'traceparent'> | undefined;
  readonly address: string;
  readonly status: number;
  readonly durationMs: number;
  /** With what the edge refused it. */
  readonly refusedWith: ErrorCode | null;
}

const answeredOver = (request: FastifyRequest, reply: FastifyReply): AnsweredOperation => ({
  requestId: request.id,
  scope: request.scope,
  address: request.ip,
  status: reply.statusCode,
  durationMs: reply.elapsedTime,
  refusedWith: request.refusedWith,
});

/** Counts the errors of an operation, and writes its line. */
export function logOperation(answered: AnsweredOperation, log: Log, metrics: Metrics): void {
  const { scope, refusedWith } = answered;
  const { outcome, client, traceparent } = scope ?? {};
  for (const code of outcome?.codes ?? []) metrics.error(code);
  if (!log.isLevelEnabled('info')) return;
  const codes = new Set([...(outcome?.codes ?? []), ...(refusedWith ? [refusedWith] : [])]);
  log.info(
    {
      requestId: answered.requestId,
      traceId: traceparent?.slice(3, 35),
      operation: outcome?.operationName,
      type: outcome?.operationType,
      address: answered.address,
      client: client?.name,
      clientVersion: client?.version,
      status: answered.status,
      durationMs: Math.round(answered.durationMs * 10) / 10,
      ...(codes.size > 0 ? { codes: [...codes] } : {}),
    },
    'operation',
  );
}
