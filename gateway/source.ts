import type { GraphQLFormattedError } from 'graphql';
import { type ErrorCode, errorCodes } from '../server/errors.ts';
import type { BegunFetch } from '../server/explain.ts';
import type { Log } from '../server/log.ts';
import type { FetchOutcome, Metrics } from '../server/metrics.ts';
import type { RequestScope } from '../server/requestScope.ts';
import { type Answer, SubgraphFault, type Way } from './carrier/carrier.ts';
import { withoutRepeats } from './carrier/representations.ts';
import type { Asked, Source } from './execution/execute.ts';

export interface SourceOptions {
  readonly name: string;
  readonly way: Way;
  /** How long one fetch may take, where the request's deadline leaves that much. */
  readonly timeoutMs: number;
  /** What a query looks like of which every reading is recorded; null when there is none. */
  readonly recorded: RegExp | null;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Gives the pattern of a query that names one of the fields: be it a field there or not, not to share is never wrong. */
export const namesOneOf = (fields: ReadonlySet<string>): RegExp | null =>
  fields.size === 0 ? null : new RegExp(`\\b(${[...fields].join('|')})\\b`, 'u');

const isShareable = (query: string, recorded: RegExp | null): boolean =>
  !query.startsWith('mutation') && !recorded?.test(query);

/** Gives the source of one subgraph of a supergraph. */
export type SourceOf = (name: string, url: string) => Source;

/**
 * Gives what asks one subgraph. A subgraph that gives no answer of its own makes one error for the fetch, and null
 * fields; the cause stands in the log.
 */
export function createSource(options: SourceOptions): Source {
  const { name, metrics } = options;
  return async (asked) => {
    const started = performance.now();
    const answer = await fetchFrom(options, asked);
    metrics.fetch(name, outcomeOf(answer), (performance.now() - started) / 1_000);
    return answer;
  };
}

async function fetchFrom(options: SourceOptions, asked: Asked): Promise<Answer> {
  const { query, document, operationName, scope } = asked;
  const remaining = scope.deadline.remaining();
  if (remaining <= 0) return failed(options, scope, 'REQUEST_TIMEOUT');
  const limitMs = Math.min(options.timeoutMs, remaining);
  const clock = new AbortController();
  const timer = setTimeout(() => clock.abort(), limitMs);
  try {
    const { variables, expand } = withoutRepeats(asked.variables);
    const noted = scope.recorder?.fetch(begun(options.name, asked, variables));
    const answer = await options.way.send({
      query,
      document,
      operationName,
      variables,
      scope,
      signal: clock.signal,
      limitMs,
      // An explained fetch says what it did itself.
      shareable: !noted && isShareable(query, options.recorded),
    });
    noted?.(answer);
    return expand(answer);
  } catch (error) {
    if (!clock.signal.aborted) return faulty(options, scope, error);
    return failed(options, scope, limitMs < options.timeoutMs ? 'REQUEST_TIMEOUT' : 'SUBGRAPH_TIMEOUT');
  } finally {
    clearTimeout(timer);
  }
}

/** What of a fetch stands in an explanation before it is answered. */
function begun(subgraph: string, asked: Asked, sent: Readonly<Record<string, unknown>>): BegunFetch {
  const planned = asked.variables.representations;
  return {
    subgraph,
    path: asked.path.join('.'),
    operation: asked.query,
    representations: Array.isArray(planned)
      ? { planned: planned.length, sent: (sent.representations as unknown[]).length }
      : null,
  };
}

function faulty(options: SourceOptions, scope: RequestScope, error: unknown): Answer {
  const refused = error instanceof SubgraphFault && error.kind === 'refused';
  const { requestId } = scope;
  options.log.error({ requestId, subgraph: options.name, error }, 'a subgraph gave no answer');
  return failed(options, scope, refused ? 'INTERNAL_SERVER_ERROR' : 'SUBGRAPH_UNAVAILABLE');
}

function failed(options: SourceOptions, scope: RequestScope, code: ErrorCode): Answer {
  // The empty path becomes the path of the fetch: the part of the answer that is missing.
  const error: GraphQLFormattedError = {
    message: messageOf(code, options, scope),
    path: [],
    extensions: { code, retryable: errorCodes[code].retryable, params: { subgraph: options.name } },
  };
  return { errors: [error] };
}

function messageOf(code: ErrorCode, { name, timeoutMs }: SourceOptions, { deadline }: RequestScope): string {
  switch (code) {
    case 'SUBGRAPH_UNAVAILABLE':
      return `The part of the graph that "${name}" answers cannot be reached; its fields are null. Try again shortly.`;
    case 'SUBGRAPH_TIMEOUT':
      return `The part of the graph that "${name}" answers took longer than ${timeoutMs} ms; its fields are null. Ask for less, or try again.`;
    case 'REQUEST_TIMEOUT':
      return `The request took longer than ${deadline.limitMs} ms; what "${name}" answers is missing. Ask for less, or try again.`;
    default:
      return `"${name}" did not take the gateway's request.`;
  }
}

function outcomeOf({ errors }: Answer): FetchOutcome {
  if (!errors) return 'ok';
  const code = errors[0]?.extensions?.code;
  if (code === 'SUBGRAPH_UNAVAILABLE') return 'unavailable';
  return code === 'SUBGRAPH_TIMEOUT' || code === 'REQUEST_TIMEOUT' ? 'timeout' : 'errors';
}
