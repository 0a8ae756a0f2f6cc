import {
  ApolloServer,
  type ApolloServerOptions,
  type ApolloServerPlugin,
  type GraphQLRequestContextWillSendResponse,
  type GraphQLRequestListener,
} from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLError, GraphQLFormattedError, GraphQLSchema, ValidationRule } from 'graphql';
import { errorCodes } from './errors.ts';
import { KnownOperations, type KnownOperationsOptions } from './knownOperations.ts';
import type { Log } from './log.ts';
import type { GraphContext, Outcome, RequestScope } from './requestScope.ts';

export type ApolloGatewayOption = NonNullable<ApolloServerOptions<GraphContext>['gateway']>;

export interface ApolloOptions {
  /** What answers: a gateway, or a schema with the function that answers its operations. */
  readonly graph:
    | ({ readonly gateway: ApolloGatewayOption } & Pick<KnownOperationsOptions, 'executor'>)
    | { readonly schema: GraphQLSchema; readonly answer: ApolloServerPlugin<GraphContext> };
  readonly introspection: boolean;
  /** Takes the names of what there is out of errors ("Did you mean …?"). */
  readonly hidesSchema?: boolean;
  readonly validationRules?: readonly ValidationRule[];
  /** Tokens a document may have; the parser gives up at the next one. */
  readonly maxTokens?: number;
  /** What else takes part in each operation. */
  readonly plugins?: readonly ApolloServerPlugin<GraphContext>[];
  /** The border: errors as a client may see them. */
  readonly maskErrors: (errors: readonly GraphQLError[], scope: RequestScope) => GraphQLFormattedError[];
  readonly log: Log;
}

/** What answers GraphQL requests. */
export interface GraphqlServer {
  readonly apollo: ApolloServer<GraphContext>;
  /** Answers sooner what it knows; a server without it leaves all to Apollo Server. */
  readonly known?: KnownOperations;
}

/** Enough to mend a document by; the rest would be said of what is wrong in one place a hundred times. */
const MAX_VALIDATION_ERRORS = 20;

/**
 * Gives an Apollo Server that reports nothing to anybody, masks every error and remembers the outcome for log and metrics.
 * Persisted queries are off: bodies are small, and a cache that any client can fill is one more thing to attack.
 * Cross-site requests are refused before they come here (csrf.ts).
 */
export function createApollo(options: ApolloOptions): GraphqlServer {
  const { graph, log } = options;
  const shared = {
    introspection: options.introspection,
    hideSchemaDetailsFromClientErrors: options.hidesSchema ?? false,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false as const,
    allowBatchedHttpRequests: false,
    csrfPrevention: false,
    stopOnTerminationSignals: false,
    validationRules: [...(options.validationRules ?? [])],
    validationOptions: { maxErrors: MAX_VALIDATION_ERRORS, hideSuggestions: options.hidesSchema ?? false },
    parseOptions: options.maxTokens ? { maxTokens: options.maxTokens } : {},
    formatError: withoutScope,
    logger: apolloLogger(log),
    stringifyResult: (result: object) => JSON.stringify(result),
  };
  const disabled = [
    ApolloServerPluginCacheControlDisabled(),
    ApolloServerPluginInlineTraceDisabled(),
    ApolloServerPluginLandingPageDisabled(),
    ApolloServerPluginSchemaReportingDisabled(),
    ApolloServerPluginUsageReportingDisabled(),
  ];
  const plugins = [...disabled, ...(options.plugins ?? []), outcomePlugin(options.maskErrors)];
  if (!('gateway' in graph)) {
    const { schema, answer } = graph;
    return { apollo: new ApolloServer<GraphContext>({ ...shared, schema, plugins: [answer, ...plugins] }) };
  }
  const { gateway, executor } = graph;
  const known = new KnownOperations({ plugins, executor });
  const apollo = new ApolloServer<GraphContext>({ ...shared, gateway, plugins: [...plugins, known.plugin] });
  return { apollo, known };
}

/** Apollo's own refusals, made before there is a context; the edge adds the request id to them. */
const withoutScope = (formatted: GraphQLFormattedError): GraphQLFormattedError => {
  const code = formatted.extensions?.code === 'BAD_REQUEST' ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR';
  const message = code === 'BAD_REQUEST' ? formatted.message.trim() : 'Internal error.';
  return { message, extensions: { code, retryable: errorCodes[code].retryable } };
};

const apolloLogger = (log: Log) => ({
  debug: (message: string) => log.trace(message),
  info: (message: string) => log.debug(message),
  warn: (message: string) => log.warn(message),
  error: (message: string) => log.error(message),
});

function outcomePlugin(maskErrors: ApolloOptions['maskErrors']): ApolloServerPlugin<GraphContext> {
  const listener: GraphQLRequestListener<GraphContext> = {
    async willSendResponse(context) {
      const { scope } = context.contextValue;
      const { body, http } = context.response;
      if (body.kind !== 'single') return;
      if (context.errors) body.singleResult.errors = maskErrors(context.errors, scope);
      note(scope.outcome, context, body.singleResult.errors);
      const status = context.errors && statusOf(context, scope.outcome);
      if (status) http.status = status;
    },
  };
  return { requestDidStart: async () => listener };
}

function note(
  outcome: Outcome,
  context: GraphQLRequestContextWillSendResponse<GraphContext>,
  errors: readonly GraphQLFormattedError[] | undefined,
): void {
  outcome.operationName = context.operationName ?? context.request.operationName ?? null;
  outcome.operationType = context.operation?.operation ?? null;
  if (errors) outcome.codes = errors.map((error) => String(error.extensions?.code));
}

/**
 * The status of an answer with errors. A client that names `application/json`, and not the newer type, follows the
 * older rule: 200 for whatever was a well-formed GraphQL request (GraphQL over HTTP, "application/json").
 */
function statusOf(
  context: GraphQLRequestContextWillSendResponse<GraphContext>,
  outcome: Outcome,
): number | undefined {
  const { body, http } = context.response;
  const noData = body.kind === 'single' && (body.singleResult.data ?? null) === null;
  if (noData && outcome.codes.includes('REQUEST_TIMEOUT')) return 504;
  if (http.status !== 400 || outcome.codes.includes('BAD_REQUEST')) return http.status;
  const accept = context.request.http?.headers.get('accept') ?? '';
  const older = accept.includes('application/json') && !accept.includes('application/graphql-response+json');
  return older ? 200 : 400;
}
