import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { errorCodes } from './errors.ts';

/**
 * What Prometheus reads at /metrics. Every label has a bounded set of values: names that clients make up
 * (operations, paths, clients) stand in the log only.
 */
export interface Metrics {
  readonly registry: Registry;
  /** What is answered at /metrics: of this process, or of all that share its port. */
  readonly text: () => Promise<string>;
  readonly request: (route: string, method: string, status: number, seconds: number) => void;
  readonly error: (code: string) => void;
  readonly fetch: (subgraph: string, outcome: FetchOutcome, seconds: number) => void;
  readonly poolConnections: (subgraph: string, state: 'open' | 'in_use', change: 1 | -1) => void;
  /** Reads, at each scrape, how a subgraph's events stand. */
  readonly watchEvents: (subgraph: string, read: () => Promise<EventsStatus>) => void;
}

/** How the events of a subgraph stand, and its copies of others. */
interface EventsStatus {
  readonly pending: number;
  readonly follows: readonly { readonly source: string; readonly lagSeconds: number | null }[];
}

export type FetchOutcome = 'ok' | 'errors' | 'unavailable' | 'timeout';

const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Gives the metrics of one process, with Node's own (event-loop lag, memory, collections) beside ours. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const labelled = (name: string, help: string, labelNames: string[]) => ({
    name,
    help,
    labelNames,
    registers,
  });

  const requests = new Counter(
    labelled('http_requests_total', 'HTTP requests answered.', ['route', 'method', 'status']),
  );
  const duration = 'Time from the head of a request to the end of its answer.';
  const durations = new Histogram({
    ...labelled('http_request_duration_seconds', duration, ['route']),
    buckets,
  });
  const errors = new Counter(labelled('graphql_errors_total', 'Errors sent to clients.', ['code']));
  const fetches = new Counter(
    labelled('subgraph_fetches_total', 'Fetches of query plans.', ['subgraph', 'outcome']),
  );
  const fetchDurations = new Histogram({
    ...labelled('subgraph_fetch_duration_seconds', 'Time of a fetch from a subgraph.', ['subgraph']),
    buckets,
  });
  const pool = new Gauge(
    labelled('mongodb_pool_connections', 'Connections to MongoDB.', ['subgraph', 'state']),
  );

  return {
    registry,
    text: () => registry.metrics(),
    request: (route, method, status, seconds) => {
      requests.inc({ route, method, status });
      durations.observe({ route }, seconds);
    },
    error: (code) => errors.inc({ code: code in errorCodes ? code : 'OTHER' }),
    fetch: (subgraph, outcome, seconds) => {
      fetches.inc({ subgraph, outcome });
      fetchDurations.observe({ subgraph }, seconds);
    },
    poolConnections: (subgraph, state, change) => pool.inc({ subgraph, state }, change),
    watchEvents: eventGauges(registry),
  };
}

/** Makes the gauges of events, each read anew at a scrape. Gives how to watch a subgraph. */
function eventGauges(registry: Registry): Metrics['watchEvents'] {
  const watched = new Map<string, () => Promise<EventsStatus>>();
  const registers = [registry];
  // A database that does not answer leaves the last values.
  const readAll = (use: (subgraph: string, status: EventsStatus) => void) =>
    Promise.allSettled([...watched].map(async ([subgraph, read]) => use(subgraph, await read())));
  new Gauge({
    name: 'feed_lag_seconds',
    help: "Seconds since a subgraph's copy of another's records was known to be whole.",
    labelNames: ['subgraph', 'source'],
    registers,
    async collect() {
      await readAll((subgraph, { follows }) => {
        for (const { source, lagSeconds } of follows)
          this.set({ subgraph, source }, lagSeconds ?? Number.NaN);
      });
    },
  });
  new Gauge({
    name: 'outbox_pending_events',
    help: 'Events committed that no reader can see yet.',
    labelNames: ['subgraph'],
    registers,
    async collect() {
      await readAll((subgraph, { pending }) => this.set({ subgraph }, pending));
    },
  });
  return (subgraph, read) => void watched.set(subgraph, read);
}
