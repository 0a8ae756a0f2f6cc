import { GraphQLError, type GraphQLFormattedError, isValueNode } from 'graphql';

/**
 * Every code that can stand in the top-level `errors` of an answer, with what a client may do about it.
 * `retryable`: the same request may succeed later without a change. `docs/errors.md` explains each; a test
 * keeps the two lists equal. Outcomes of commands are data in their payload and are not listed here.
 */
export const errorCodes = {
  GRAPHQL_PARSE_FAILED: { retryable: false },
  GRAPHQL_VALIDATION_FAILED: { retryable: false },
  BAD_USER_INPUT: { retryable: false },
  BAD_REQUEST: { retryable: false },
  OPERATION_RESOLUTION_FAILURE: { retryable: false },
  PERSISTED_QUERY_NOT_SUPPORTED: { retryable: false },
  PERSISTED_QUERY_NOT_FOUND: { retryable: false },
  OPERATION_NOT_REGISTERED: { retryable: false },
  KEY_IN_URL: { retryable: false },
  UNAUTHENTICATED: { retryable: false },
  FORBIDDEN: { retryable: false },
  UNAUTHORIZED_FIELD_OR_TYPE: { retryable: false },
  OUT_OF_SUBTREE: { retryable: false },
  NOT_FOUND: { retryable: false },
  ENTITY_NOT_FOUND: { retryable: false },
  PERSONAL_DATA_UNREADABLE: { retryable: false },
  INPUT_INVALID: { retryable: false },
  PERIOD_INVALID: { retryable: false },
  DIMENSION_IMPOSSIBLE: { retryable: false },
  PAGE_SIZE: { retryable: false },
  CURSOR_INVALID: { retryable: false },
  CURSOR_MISMATCH: { retryable: false },
  DEPTH_EXCEEDED: { retryable: false },
  COST_EXCEEDED: { retryable: false },
  ALIASES_EXCEEDED: { retryable: false },
  ROOT_FIELDS_EXCEEDED: { retryable: false },
  FIELDS_EXCEEDED: { retryable: false },
  DIRECTIVES_EXCEEDED: { retryable: false },
  TOKENS_EXCEEDED: { retryable: false },
  INPUT_DEPTH_EXCEEDED: { retryable: false },
  LIST_LENGTH_EXCEEDED: { retryable: false },
  STRING_LENGTH_EXCEEDED: { retryable: false },
  BODY_TOO_LARGE: { retryable: false },
  RATE_LIMITED: { retryable: true },
  IDENTITY_UNAVAILABLE: { retryable: true },
  REQUEST_TIMEOUT: { retryable: true },
  SUBGRAPH_UNAVAILABLE: { retryable: true },
  SUBGRAPH_TIMEOUT: { retryable: true },
  DATABASE_UNAVAILABLE: { retryable: true },
  SHUTTING_DOWN: { retryable: true },
  INTERNAL_SERVER_ERROR: { retryable: false },
} as const satisfies Record<string, { retryable: boolean }>;

export type ErrorCode = keyof typeof errorCodes;
export type ErrorParams = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

interface GraphErrorOptions {
  readonly params?: ErrorParams;
  readonly cause?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * An error made for the caller's eyes: its message says what was wrong and what would be right.
 * Everything else that is thrown is unexpected and reaches a client only through {@link mask}.
 */
export class GraphError extends GraphQLError {
  readonly code: ErrorCode;
  /** Headers of the HTTP answer, where the request is refused before it became an operation. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, message: string, options: GraphErrorOptions = {}) {
    super(message, {
      extensions: {
        code,
        retryable: errorCodes[code].retryable,
        ...(options.params ? { params: options.params } : {}),
      },
    });
    this.name = 'GraphError';
    this.code = code;
    this.headers = options.headers ?? {};
    if (options.cause !== undefined) this.cause = options.cause;
  }
}

/** A value of an argument that no schema type can refuse (exactly-one inputs, empty lists, ranges turned round). */
export const inputInvalid = (message: string, params?: ErrorParams): GraphError =>
  new GraphError('INPUT_INVALID', message, params ? { params } : {});

/** A period that names no span of days, or none here; `expected` among the params says what would be right. */
export const periodInvalid = (
  message: string,
  params: ErrorParams & { readonly expected: string | readonly string[] },
): GraphError => new GraphError('PERIOD_INVALID', message, { params });

/** A dimension that a rollup cannot be taken apart by as it was asked; `dimension` among the params names it. */
export const dimensionImpossible = (dimension: string, message: string): GraphError =>
  new GraphError('DIMENSION_IMPOSSIBLE', message, { params: { dimension } });

/** A reference from another subgraph to a record that does not exist here; the field is null, the page lives on. */
export const entityNotFound = (type: string, key: string): GraphError =>
  new GraphError('ENTITY_NOT_FOUND', `There is no ${type} with the key ${key}.`, { params: { type, key } });

const isKnownCode = (code: unknown): code is ErrorCode => typeof code === 'string' && code in errorCodes;

/** What lies under a located error: the thrown thing itself, however deep GraphQL wrapped it. */
function rootOf(error: unknown): unknown {
  let current = error;
  while (current instanceof GraphQLError && current.originalError) current = current.originalError;
  return current;
}

export interface MaskOptions {
  readonly requestId: string;
  /** Receives every unexpected error whole, cause and stack included. */
  readonly logUnexpected: (error: unknown) => void;
  /** Turns a library's error into one of ours (a lost database into DATABASE_UNAVAILABLE), or leaves it. */
  readonly classify?: ((root: unknown) => GraphError | undefined) | undefined;
}

/**
 * The border: gives the error as a client may see it. Ours (their causes are logged) and GraphQL's own request errors
 * pass with code, path and params; anything else becomes INTERNAL_SERVER_ERROR and is logged whole.
 */
export function mask(error: GraphQLError, options: MaskOptions): GraphQLFormattedError {
  const root = rootOf(error);
  const expected = root instanceof GraphError ? root : options.classify?.(root);
  const cause = expected === root ? expected?.cause : root;
  if (expected && cause !== undefined) options.logUnexpected(cause);
  const code = expected?.code ?? error.extensions.code;
  if (expected || (isKnownCode(code) && code !== 'INTERNAL_SERVER_ERROR')) {
    return formatted(
      error,
      expected?.message ?? error.message,
      code as ErrorCode,
      options.requestId,
      expected,
    );
  }
  if (root instanceof GraphQLError && code === undefined && (!error.path || isOfArgument(root))) {
    return formatted(error, error.message, 'BAD_USER_INPUT', options.requestId);
  }
  options.logUnexpected(root);
  const message = `Internal error. Nothing you can change in the request; report it with the request id ${options.requestId}.`;
  return formatted(error, message, 'INTERNAL_SERVER_ERROR', options.requestId);
}

/**
 * Whether an argument could not be coerced while its field was executed (GraphQL, 6.4.1): null for a variable that has a
 * default, where null may not be, is seen no sooner. GraphQL places such an error at the value, and all others of a field at
 * the field.
 */
const isOfArgument = ({ nodes }: GraphQLError): boolean => nodes?.some(isValueNode) ?? false;

/**
 * When one field of an input object is wrong, graphql repeats the whole object, with what is personal in the others. The
 * place and the reason, which stay, say enough.
 */
const withoutObjects = (message: string): string =>
  message.replace(/( got invalid value )[{[].*[}\]](?=(?: at ".*")?; )/su, '$1{…}');

/** Where in the document an error was asked for, and where in the answer it is; as far as it has a place. */
export const placeOf = ({
  locations,
  path,
}: GraphQLError): Pick<GraphQLFormattedError, 'locations' | 'path'> => ({
  ...(locations ? { locations } : {}),
  ...(path ? { path } : {}),
});

function formatted(
  error: GraphQLError,
  message: string,
  code: ErrorCode,
  requestId: string,
  source?: GraphError,
): GraphQLFormattedError {
  const params = (source ?? error).extensions.params;
  return {
    message: withoutObjects(message),
    ...placeOf(error),
    extensions: { code, requestId, retryable: errorCodes[code].retryable, ...(params ? { params } : {}) },
  };
}
