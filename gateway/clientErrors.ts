import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { type ErrorCode, errorCodes, GraphError, mask, placeOf } from '../server/errors.ts';
import type { Log } from '../server/log.ts';
import type { RequestScope } from '../server/requestScope.ts';

/** What a subgraph says of a fetch that the planner wrote: no client can have caused it. */
const notTheClients = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_REQUEST']);
const codePattern = /^[A-Z][A-Z0-9_]{0,63}$/u;

export interface BorderOptions {
  /** Takes the names of what there is out of every message: graphql proposes what was meant. */
  readonly hidesSchema: boolean;
}

/**
 * Gives the border of the gateway: an error of a subgraph keeps its message, code, path and parameters if it was
 * made for a client, which it shows by its code. Everything else is masked and logged whole.
 */
export const clientErrors =
  (log: Log, { hidesSchema }: BorderOptions) =>
  (errors: readonly GraphQLError[], scope: RequestScope): GraphQLFormattedError[] =>
    errors
      .map((error) => withoutPlaceholder(toClient(error, scope, log)))
      .map((error) => (hidesSchema ? withoutProposals(error) : error));

/** Apollo Server takes proposals out of what validation says; values of variables, and subgraphs, have theirs too. */
const withoutProposals = (error: GraphQLFormattedError): GraphQLFormattedError => ({
  ...error,
  message: error.message.replace(/ ?Did you mean [^?]*\?/gu, ''),
});

function toClient(error: GraphQLError, { requestId }: RequestScope, log: Log): GraphQLFormattedError {
  const ours = inOurWords(error);
  if (ours) return mask(ours, { requestId, logUnexpected: () => {} });
  const { serviceName, code, params, retryable } = error.extensions;
  const logUnexpected = (cause: unknown) =>
    log.error({ requestId, subgraph: serviceName, path: error.path, error: cause }, 'unexpected error');
  if (serviceName === undefined) return mask(error, { requestId, logUnexpected });
  if (!isForClients(code)) return masked(error, requestId, logUnexpected);
  return {
    message: error.message,
    ...placeOf(error),
    extensions: {
      code,
      requestId,
      retryable: code in errorCodes ? errorCodes[code as ErrorCode].retryable : retryable === true,
      ...(params ? { params } : {}),
    },
  };
}

/** What Apollo Server and the parser say of themselves rather than of the request. Their only signs are their texts. */
function inOurWords(error: GraphQLError): GraphQLError | undefined {
  const { extensions, message } = error;
  const isUnread = extensions.code === 'GRAPHQL_PARSE_FAILED';
  if (isUnread && message.includes('tokens. Parsing aborted.')) return tooLong(error);
  if (isUnread && message.includes('call stack')) return tooDeep();
  return extensions.validationErrorCode === 'INTROSPECTION_DISABLED' ? noIntrospection(error) : undefined;
}

const tooLong = ({ message }: GraphQLError): GraphQLError => {
  const limit = Number(/\d+/u.exec(message)?.[0]);
  return new GraphError(
    'TOKENS_EXCEEDED',
    `The document has more than ${limit} tokens, which is the most that is allowed.`,
    { params: { limit } },
  );
};

const tooDeep = (): GraphQLError =>
  new GraphError('DEPTH_EXCEEDED', 'The document has more inside of each other than can be read.');

const noIntrospection = ({ nodes }: GraphQLError): GraphQLError =>
  new GraphQLError('The schema is not shown here. What you may know of it is at GET /schema.graphql.', {
    nodes: nodes ?? null,
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
  });

const isForClients = (code: unknown): code is string =>
  typeof code === 'string' &&
  codePattern.test(code) &&
  code !== 'INTERNAL_SERVER_ERROR' &&
  code !== 'DOWNSTREAM_SERVICE_ERROR' &&
  !notTheClients.has(code);

function masked(
  error: GraphQLError,
  requestId: string,
  logUnexpected: (cause: unknown) => void,
): GraphQLFormattedError {
  logUnexpected(error.originalError ?? error);
  return {
    message: `Internal error. Nothing you can change in the request; report it with the request id ${requestId}.`,
    ...placeOf(error),
    extensions: { code: 'INTERNAL_SERVER_ERROR', requestId, retryable: false },
  };
}

// The gateway writes @ for "each of the list" where an error belongs to a whole fetch; a path may hold only names and numbers.
function withoutPlaceholder(error: GraphQLFormattedError): GraphQLFormattedError {
  const { path, ...rest } = error;
  if (!path) return error;
  const cut = path.indexOf('@');
  const real = cut < 0 ? path : path.slice(0, cut);
  return real.length === 0 ? rest : { ...rest, path: real };
}
