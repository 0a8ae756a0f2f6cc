import {
  type ApolloServerPlugin,
  type GraphQLRequestContextDidResolveOperation,
  type GraphQLRequestListener,
  HeaderMap,
} from '@apollo/server';
import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { Recent } from './recent.ts';
import type { GraphContext, RequestScope } from './requestScope.ts';

type Plugin = ApolloServerPlugin<GraphContext>;
type Listener = GraphQLRequestListener<GraphContext>;

/** A GraphQL request whose parameters have the types that they should have (GraphQL over HTTP, "Request Parameters"). */
export interface AskedOperation {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
  /** Reads the header of the request. */
  readonly headers: { readonly get: (name: string) => string | undefined };
}

/** An answer but for its content type. */
export interface KnownAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

export interface KnownOperationsOptions {
  /** Those of the Apollo Server, in their order: what they refuse and add, they do here too. */
  readonly plugins: readonly Plugin[];
  readonly executor: (request: never) => Promise<ExecutionResult>;
}

interface Known {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly queryHash: string;
  readonly schema: GraphQLSchema;
}

interface Head {
  status: number | undefined;
  readonly headers: HeaderMap;
}

/** What listeners are given: what Apollo Server's own context has that a listener here may look at. */
interface Context extends Known {
  readonly request: AskedOperation & { readonly http: { readonly headers: AskedOperation['headers'] } };
  readonly response: {
    readonly http: Head;
    body?: { readonly kind: 'single'; singleResult: ExecutionResult };
  };
  readonly source: string;
  readonly operationName: string | null;
  readonly contextValue: GraphContext;
  errors?: readonly GraphQLError[];
}

const KEPT = 1_000;

/**
 * Answers operations that an Apollo Server has parsed and found valid before, as it would: its plugins are heard, its
 * executor executes. Left out is what Apollo Server does again for each request: to hash the text, to make maps of the
 * header, to negotiate twice, to copy the context.
 */
export class KnownOperations {
  readonly #options: KnownOperationsOptions;
  readonly #known = new Recent<Known>(KEPT);
  #schema: GraphQLSchema | undefined;
  /** Takes part in the Apollo Server, and hears which operations it found valid. */
  readonly plugin: Plugin;

  constructor(options: KnownOperationsOptions) {
    this.#options = options;
    const listener: Listener = { didResolveOperation: async (context) => this.#hear(context) };
    this.plugin = { requestDidStart: async () => listener };
  }

  /** Must be told every schema that the Apollo Server goes over to: what was valid before need not be any more. */
  goOverTo(schema: GraphQLSchema): void {
    this.#schema = schema;
    this.#known.clear();
  }

  /** Gives the answer; null for an operation that is not known. @throws what a plugin throws at the end of a request. */
  async answer(asked: AskedOperation, scope: RequestScope): Promise<KnownAnswer | null> {
    const known = this.#known.get(keyOf(asked.query, asked.operationName));
    if (!known) return null;
    const context = this.#contextOf(asked, known, scope);
    const { http } = context.response;
    const listeners = await this.#listeners(context);
    try {
      for (const listener of listeners) await listener.didResolveOperation?.(context as never);
      const result = await this.#options.executor({ ...context, context: context.contextValue } as never);
      // Without data nothing was executed: the variables cannot be read, or the operation cannot be planned.
      if (result.errors && result.data === undefined) http.status = 400;
      put(context, result, result.errors);
    } catch (error) {
      const refusal = errorOf(error);
      const { status = 500, headers = [] } = (refusal.extensions.http ?? {}) as Partial<Head>;
      http.status = status;
      for (const [name, value] of headers) http.headers.set(name, value);
      put(context, {}, [refusal]);
    }
    for (const listener of listeners) await listener.willSendResponse?.(context as never);
    const { errors, data, extensions } = context.response.body?.singleResult ?? {};
    return {
      status: http.status ?? 200,
      headers: http.headers,
      body: JSON.stringify({ errors, data, extensions }),
    };
  }

  #hear(context: GraphQLRequestContextDidResolveOperation<GraphContext>): void {
    const { source, document, operation, queryHash, request, schema } = context;
    // One that was under way while the schema changed is not known to be valid.
    if (!operation || schema !== this.#schema) return;
    this.#known.set(keyOf(source, request.operationName), { document, operation, queryHash, schema });
  }

  async #listeners(context: Context): Promise<Listener[]> {
    const listeners: Listener[] = [];
    for (const plugin of this.#options.plugins) {
      const listener = await plugin.requestDidStart?.(context as never);
      if (listener) listeners.push(listener);
    }
    return listeners;
  }

  #contextOf(asked: AskedOperation, known: Known, scope: RequestScope): Context {
    return {
      ...known,
      request: { ...asked, http: { headers: asked.headers } },
      response: { http: { status: undefined, headers: new HeaderMap() } },
      source: asked.query,
      operationName: known.operation.name?.value ?? null,
      contextValue: { scope },
    };
  }
}

const keyOf = (query: string, operationName: string | undefined): string =>
  operationName === undefined ? query : `${operationName}\n${query}`;

function put(context: Context, result: ExecutionResult, errors: readonly GraphQLError[] | undefined): void {
  if (errors) context.errors = errors;
  context.response.body = { kind: 'single', singleResult: { ...result } };
}

const errorOf = (error: unknown): GraphQLError => {
  if (error instanceof GraphQLError) return error;
  const cause = error instanceof Error ? error : new Error(`Unexpected error value: ${String(error)}`);
  return new GraphQLError(cause.message, { originalError: cause });
};
