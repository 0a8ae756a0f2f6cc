import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorCode, type ErrorParams, errorCodes, GraphError } from './errors.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The code of a refusal of the HTTP edge: the request never became an operation. */
    refusedWith: ErrorCode | null;
  }
}

interface HttpFault {
  readonly status: number;
  readonly code: ErrorCode;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly params?: ErrorParams | undefined;
}

const statuses: Partial<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  UNAUTHORIZED_FIELD_OR_TYPE: 403,
  OPERATION_NOT_REGISTERED: 403,
  NOT_FOUND: 404,
  BODY_TOO_LARGE: 413,
  RATE_LIMITED: 429,
  IDENTITY_UNAVAILABLE: 503,
  SHUTTING_DOWN: 503,
  SUBGRAPH_UNAVAILABLE: 503,
  DATABASE_UNAVAILABLE: 503,
  SUBGRAPH_TIMEOUT: 504,
  REQUEST_TIMEOUT: 504,
  INTERNAL_SERVER_ERROR: 500,
};

/** The body of an answer to a request that never became a GraphQL operation. */
export const errorBody = (
  code: ErrorCode,
  message: string,
  requestId: string,
  params?: ErrorParams,
): string => {
  const { retryable } = errorCodes[code];
  const extensions = { code, requestId, retryable, ...(params ? { params } : {}) };
  return JSON.stringify({ errors: [{ message, extensions }] });
};

/** Gives every refusal of the HTTP edge the shape of a GraphQL error; what is unexpected is masked and logged whole. */
export function answerErrorsAsJson(app: FastifyInstance, log: Log, metrics: Metrics): void {
  app.decorateRequest('refusedWith', null);
  const send = (request: FastifyRequest, reply: FastifyReply, fault: HttpFault) => {
    metrics.error(fault.code);
    request.refusedWith = fault.code;
    return reply
      .code(fault.status)
      .headers(fault.headers ?? {})
      .type('application/json; charset=utf-8')
      .send(errorBody(fault.code, fault.message, request.id, fault.params));
  };
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const fault = faultOf(error, app.initialConfig.bodyLimit ?? 0, reply.statusCode);
    if (fault) return send(request, reply, fault);
    log.error({ requestId: request.id, error }, 'unexpected error at the HTTP edge');
    return send(request, reply, internal(request.id));
  });
  app.setNotFoundHandler((request, reply) =>
    send(request, reply, {
      status: 404,
      code: 'NOT_FOUND',
      message: `There is nothing at ${pathOf(request.url)}.`,
    }),
  );
}

/** Gives the status and the body of a refusal, or of what was unexpected, where there is no reply of Fastify to send. */
export function refusalOf(
  error: unknown,
  requestId: string,
): { readonly status: number; readonly code: ErrorCode; readonly body: string } {
  const fault = error instanceof GraphError ? faultOfGraph(error, 400) : internal(requestId);
  const { status, code, message, params } = fault;
  return { status, code, body: errorBody(code, message, requestId, params) };
}

const pathOf = (url: string): string => (url.split('?')[0] ?? '').slice(0, 100);

const internal = (requestId: string): HttpFault => ({
  status: 500,
  code: 'INTERNAL_SERVER_ERROR',
  message: `Internal error. Nothing you can change in the request; report it with the request id ${requestId}.`,
});

const badRequest = (status: number, message: string): HttpFault => ({ status, code: 'BAD_REQUEST', message });

const faultOfGraph = (error: GraphError, chosen: number): HttpFault => ({
  status: statuses[error.code] ?? Math.max(chosen, 400),
  code: error.code,
  message: error.message,
  headers: error.headers,
  params: error.extensions.params as ErrorParams | undefined,
});

function faultOf(error: FastifyError, bodyLimit: number, chosen: number): HttpFault | undefined {
  if (error instanceof GraphError) return faultOfGraph(error, chosen);
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return {
        status: 413,
        code: 'BODY_TOO_LARGE',
        message: `The body may have at most ${bodyLimit} bytes.`,
      };
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return badRequest(415, 'A body must be JSON with the header content-type: application/json.');
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return badRequest(400, 'The body is empty; it should be a JSON object with a "query".');
    default:
      // What Fastify and its JSON parser say about a bad body, URL or length.
      return error.statusCode && error.statusCode < 500
        ? badRequest(error.statusCode, `The request cannot be read: ${error.message}`)
        : undefined;
  }
}
