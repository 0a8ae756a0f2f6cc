import type { FastifyInstance, FastifyRequest } from 'fastify';
import { GraphError } from '../../server/errors.ts';
import { isObject } from '../../server/isObject.ts';
import type { Manifest } from '../partners/manifest.ts';
import type { RegisteredOperation } from '../partners/operations.ts';

/** The parameters of a GraphQL request, by whichever method they came. */
interface Parameters {
  readonly query?: unknown;
  readonly documentId?: unknown;
  readonly extensions?: unknown;
}

/**
 * Lets partners ask registered operations by their id: as `documentId` (GraphQL over HTTP, appendix Persisted Documents),
 * or as `extensions.persistedQuery.sha256Hash`, as Apollo's clients send it. The document takes the place of its id, and
 * everything after this sees an ordinary request. A partner in mode STRICT can ask nothing else.
 */
export function resolveRegistered(
  app: FastifyInstance,
  partnerOf: (request: FastifyRequest) => Manifest | null,
): void {
  app.addHook('preHandler', async (request) => {
    const route = request.routeOptions.url;
    if (route === '/graphql') resolve(request, partnerOf(request));
    if (route === '/export/support.csv') refuseExport(partnerOf(request));
  });
}

function resolve(request: FastifyRequest, partner: Manifest | null): void {
  const parameters = parametersOf(request);
  if (!parameters) return;
  if (!partner) {
    refuseIds(parameters);
    return;
  }
  const operation = operationOf(parameters, partner);
  if (operation) {
    request.scope.registered = { id: operation.id, name: operation.name, trusted: partner.trusted };
    write(request, { ...parameters, query: operation.body });
  } else if (partner.mode === 'STRICT') {
    throw notRegistered();
  } else if (typeof parameters.query === 'string' && idOf(parameters) !== null) {
    // A hash beside a text changes nothing; Apollo Server would take it for an attempt to register the text.
    write(request, parameters);
  }
}

/** The export is an operation of ours, which a manifest registers with `export: true`. */
function refuseExport(partner: Manifest | null): void {
  if (partner?.mode === 'STRICT' && !partner.export) throw notRegistered();
}

const notRegistered = (): GraphError =>
  new GraphError(
    'OPERATION_NOT_REGISTERED',
    'This is no operation that is registered for this key, and it may ask no other. GET /partner/operations.json lists them.',
  );

/** The parameters as objects; null for what is no GraphQL request, which others refuse. */
function parametersOf({ method, body, query }: FastifyRequest): Parameters | null {
  if (method === 'POST') return isObject(body) ? body : null;
  const given = query as Readonly<Record<string, unknown>>;
  return { ...given, extensions: parsed(given.extensions) };
}

function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(text);
  } catch {
    // Apollo Server says what is wrong with it.
    return text;
  }
}

/** The id that a request gives, under either name; null when it gives none. */
function idOf({ documentId, extensions }: Parameters): string | null {
  if (typeof documentId === 'string') return documentId;
  const persisted = isObject(extensions) ? extensions.persistedQuery : undefined;
  return isObject(persisted) && typeof persisted.sha256Hash === 'string' ? persisted.sha256Hash : null;
}

function operationOf(parameters: Parameters, { index }: Manifest): RegisteredOperation | undefined {
  const { query: text } = parameters;
  if (typeof text === 'string' && text !== '') {
    if (typeof parameters.documentId === 'string')
      throw new GraphError('BAD_REQUEST', 'A request holds a documentId or a query, not both.');
    return index.byText(text);
  }
  const id = idOf(parameters);
  const operation = id === null ? undefined : index.byId(id);
  if (operation || id === null) return operation;
  throw new GraphError(
    'PERSISTED_QUERY_NOT_FOUND',
    'No operation with this id is registered for this key. GET /partner/operations.json lists those that are.',
  );
}

/** Whoever is no partner has no registered operations. */
function refuseIds({ query, documentId }: Parameters): void {
  if (typeof documentId !== 'string' || query !== undefined) return;
  throw new GraphError(
    'PERSISTED_QUERY_NOT_SUPPORTED',
    'Operations are registered for the keys of partners; without one, send the document as "query".',
  );
}

/** Puts a request in the place of the one that came, without ids. */
function write(request: FastifyRequest, { documentId: _, extensions, ...rest }: Parameters): void {
  const others = isObject(extensions)
    ? Object.entries(extensions).filter(([name]) => name !== 'persistedQuery')
    : [];
  const parameters = others.length > 0 ? { ...rest, extensions: Object.fromEntries(others) } : rest;
  if (request.method === 'POST') {
    request.body = parameters;
    return;
  }
  const search = Object.entries(parameters).map(
    ([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as [string, string],
  );
  request.raw.url = `/graphql?${new URLSearchParams(search)}`;
}
