import { errors, Pool } from 'undici';
import { EXPLAIN_HEADER } from '../../server/explain.ts';
import { DEADLINE_HEADER, REQUEST_ID_HEADER } from '../../server/requestScope.ts';
import { publicViewer, VIEWER_HEADER, type Viewer, viewerSigner } from '../../server/viewer.ts';
import { type Answer, type Carrier, type Fetch, SubgraphFault, type Way } from './carrier.ts';
import { InFlight } from './inFlight.ts';

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
 * Carries fetches over HTTP: a pool of kept-alive connections to each subgraph, the viewer signed. Equal
 * fetches of one viewer that are under way together are one; each asker parses a copy of its own, because the gateway
 * merges into what it is given (HOUSE, Decisions, Sharing).
 */
export function httpCarrier(options: HttpCarrierOptions): Carrier {
  const pools = new Set<Pool>();
  const sign = viewerSigner(options.viewerKey);
  return {
    takesDocuments: false,
    open: (name, url) => {
      const { origin, pathname, search } = new URL(options.urlOf?.(name) ?? url);
      const pool = new Pool(origin, {
        connections: options.connections ?? CONNECTIONS,
        pipelining: 1,
        maxResponseSize: options.maxResponseSize ?? MAX_RESPONSE,
      });
      pools.add(pool);
      return wayThrough(pool, pathname + search, sign);
    },
    close: async () => {
      await Promise.all([...pools].map((pool) => pool.destroy()));
    },
  };
}

type Sign = (viewer: Viewer) => string;

const JSON_HEADERS = { 'content-type': 'application/json', accept: 'application/json' };
const alive = JSON.stringify({ query: '{ __typename }' });

/** What came back, as bytes: whoever shares a fetch reads a copy of its own out of them. */
interface Reply {
  readonly status: number;
  readonly text: string;
}

function wayThrough(pool: Pool, path: string, sign: Sign): Way {
  const flights = new InFlight<Reply>();
  const post = async (body: string, headers: Record<string, string>, signal: AbortSignal): Promise<Reply> => {
    const answer = await pool.request({ path, method: 'POST', headers, body, signal });
    return { status: answer.statusCode, text: await answer.body.text() };
  };
  const request = async (fetch: Fetch, body: string, signal: AbortSignal): Promise<Reply> => {
    const { query, scope, limitMs } = fetch;
    const headers = {
      ...JSON_HEADERS,
      [VIEWER_HEADER]: sign(scope.viewer),
      [REQUEST_ID_HEADER]: scope.requestId,
      traceparent: scope.traceparent,
      [DEADLINE_HEADER]: String(Math.max(1, Math.floor(limitMs))),
      ...(scope.recorder ? { [EXPLAIN_HEADER]: '1' } : {}),
    };
    try {
      return await post(body, headers, signal);
    } catch (error) {
      // A kept-alive connection may be closed by the other side just as it is used; a query can be asked again.
      if (isReset(error) && !query.startsWith('mutation')) return post(body, headers, signal);
      throw error;
    }
  };
  return {
    send: async (fetch) => {
      const { query, variables, operationName, scope } = fetch;
      const body = JSON.stringify({ query, variables, operationName });
      if (!fetch.shareable) return answerOf(await request(fetch, body, fetch.signal));
      const key = `${keyOf(scope.viewer)}\n${body}`;
      return answerOf(await flights.join(key, fetch, (signal) => request(fetch, body, signal)));
    },
    alive: async (signal) => {
      const viewer = sign(publicViewer);
      const reply = await post(alive, { ...JSON_HEADERS, [VIEWER_HEADER]: viewer }, signal);
      return Boolean(answerOf(reply).data);
    },
  };
}

const keys = new WeakMap<Viewer, string>();

/** A text that two viewers have in common where all that a subgraph is told of them is the same. */
function keyOf(viewer: Viewer): string {
  const known = keys.get(viewer) ?? JSON.stringify(viewer);
  keys.set(viewer, known);
  return known;
}

const isReset = (error: unknown): boolean =>
  error instanceof errors.SocketError || (error as NodeJS.ErrnoException).code === 'ECONNRESET';

function answerOf({ status, text }: Reply): Answer {
  if (status === 401 || status === 403) {
    throw new SubgraphFault(
      'refused',
      `the subgraph refused the gateway with ${status}: ${text.slice(0, 500)}`,
    );
  }
  const answer = status < 500 ? parsed(text) : undefined;
  if (answer) return answer;
  throw new SubgraphFault('unavailable', `the subgraph answered ${status}: ${text.slice(0, 500)}`);
}

function parsed(text: string): Answer | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    const isAnswer =
      typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer);
    return isAnswer ? (answer as Answer) : undefined;
  } catch {
    return undefined;
  }
}
