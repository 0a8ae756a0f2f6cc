import { errors, Pool } from 'undici';
import { EXPLAIN_HEADER } from '../../server/explain.ts';
import { LINE_HEADER } from '../../server/line/messages.ts';
import { DEADLINE_HEADER, REQUEST_ID_HEADER } from '../../server/requestScope.ts';
import { publicViewer, VIEWER_HEADER, type Viewer, viewerSigner } from '../../server/viewer.ts';
import type { Carrier, Fetch, Way } from './carrier.ts';
import { InFlight } from './inFlight.ts';
import { LineEnded, openLine } from './line.ts';
import { LineKeeper } from './lineKeeper.ts';
import { post } from './post.ts';
import { answerOf, type Reply } from './reply.ts';

export interface HttpCarrierOptions {
  readonly viewerKey: string;
  /** Where a subgraph is found instead of the supergraph's URL. */
  readonly urlOf?: (name: string) => string | undefined;
  /** Connections to one subgraph at most; more fetches wait. */
  readonly connections?: number;
  /** Bytes of one answer at most. */
  readonly maxResponseSize?: number;
}

const CONNECTIONS = 64;
const MAX_RESPONSE = 64 * 1024 * 1024;

/**
 * Carries fetches over HTTP, the viewer signed: by a line (server/line/frames.ts) to a subgraph that says that it takes
 * lines, as ours do, else by a pool of kept-alive connections. Equal fetches of one viewer that are under way together
 * are one; each asker parses a copy of its own, because the gateway merges into what it is given (HOUSE, Decisions,
 * Sharing).
 */
export function httpCarrier(options: HttpCarrierOptions): Carrier {
  const roads = new Set<Road>();
  const sign = viewerSigner(options.viewerKey);
  return {
    takesDocuments: false,
    open: (name, address) => {
      const url = new URL(options.urlOf?.(name) ?? address);
      const maxResponseSize = options.maxResponseSize ?? MAX_RESPONSE;
      const pool = new Pool(url.origin, {
        connections: options.connections ?? CONNECTIONS,
        pipelining: 1,
        maxResponseSize,
      });
      const line = new LineKeeper(() => openLine(url, sign(publicViewer), maxResponseSize));
      const road = { pool, line, path: url.pathname + url.search, sign };
      roads.add(road);
      return wayBy(road);
    },
    close: async () => {
      for (const { line } of roads) line.close();
      await Promise.all([...roads].map(({ pool }) => pool.destroy()));
    },
  };
}

/** What leads to one subgraph. */
interface Road {
  readonly pool: Pool;
  readonly line: LineKeeper;
  readonly path: string;
  readonly sign: (viewer: Viewer) => string;
}

const JSON_HEADERS = { 'content-type': 'application/json', accept: 'application/json' };
const alive = JSON.stringify({ query: '{ __typename }' });

function wayBy(road: Road): Way {
  const flights = new InFlight<Reply>();
  return {
    send: async (fetch) => {
      const { query, operationName, scope } = fetch;
      const variables = JSON.stringify(fetch.variables);
      const send = (signal: AbortSignal) => sendBy(road, { ...fetch, variables, signal });
      if (!fetch.shareable) return answerOf(await send(fetch.signal));
      const key = `${keyOf(scope.viewer)}\n${operationName}\n${query}\n${variables}`;
      return answerOf(await flights.join(key, fetch, send));
    },
    alive: async (signal) => {
      const viewer = road.sign(publicViewer);
      const reply = await postBy(road, alive, { ...JSON_HEADERS, [VIEWER_HEADER]: viewer }, signal);
      return Boolean(answerOf(reply).data);
    },
  };
}

/** A fetch with its variables as JSON. */
type Written = Omit<Fetch, 'variables'> & { readonly variables: string };

/** A message of this many characters holds up the others on a line, and may be larger than it takes. */
const LONG = 1_000_000;

async function sendBy(road: Road, fetch: Written): Promise<Reply> {
  const line = fetch.variables.length < LONG ? road.line.open : undefined;
  if (!line) return sendOverHttp(road, fetch);
  const { query, variables, operationName, scope, signal, limitMs } = fetch;
  const { requestId, traceparent } = scope;
  const viewer = road.sign(scope.viewer);
  const asked = { query, viewer, variables, operationName, requestId, traceparent };
  const explain = scope.recorder ? true : undefined;
  try {
    return await line.ask({ ...asked, deadlineMs: wholeMs(limitMs), explain }, signal);
  } catch (error) {
    if (error instanceof LineEnded && !isMutation(fetch)) return sendOverHttp(road, fetch);
    throw error;
  }
}

async function sendOverHttp(road: Road, fetch: Written): Promise<Reply> {
  const { query, variables, operationName, scope, signal, limitMs } = fetch;
  const headers = {
    ...JSON_HEADERS,
    [VIEWER_HEADER]: road.sign(scope.viewer),
    [REQUEST_ID_HEADER]: scope.requestId,
    traceparent: scope.traceparent,
    [DEADLINE_HEADER]: String(wholeMs(limitMs)),
    ...(scope.recorder ? { [EXPLAIN_HEADER]: '1' } : {}),
  };
  const named = operationName === undefined ? '' : `,"operationName":${JSON.stringify(operationName)}`;
  const body = `{"query":${JSON.stringify(query)},"variables":${variables}${named}}`;
  try {
    return await postBy(road, body, headers, signal);
  } catch (error) {
    // A kept-alive connection may be closed by the other side just as it is used; a query can be asked again.
    if (isReset(error) && !isMutation(fetch)) return postBy(road, body, headers, signal);
    throw error;
  }
}

const postBy = (
  { pool, line, path }: Road,
  body: string,
  headers: Record<string, string>,
  signal: AbortSignal,
) => post(pool, { path, headers, body }, signal, (heads) => line.hear(heads[LINE_HEADER]));

const isMutation = ({ query }: Pick<Fetch, 'query'>): boolean => query.startsWith('mutation');

const wholeMs = (ms: number): number => Math.max(1, Math.floor(ms));

const keys = new WeakMap<Viewer, string>();

/** A text that two viewers have in common where all that a subgraph is told of them is the same. */
function keyOf(viewer: Viewer): string {
  const known = keys.get(viewer) ?? JSON.stringify(viewer);
  keys.set(viewer, known);
  return known;
}

const isReset = (error: unknown): boolean =>
  error instanceof errors.SocketError || (error as NodeJS.ErrnoException).code === 'ECONNRESET';
