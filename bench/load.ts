import autocannon from 'autocannon';

/**
 * A load on one address, run as a process of its own so that it takes no time from what is measured:
 * `load.ts '{"url", "bodies": [...], "connections", "seconds"}'` prints one line of JSON.
 */
interface Load {
  readonly url: string;
  readonly bodies: readonly string[];
  readonly connections: number;
  readonly seconds: number;
}

const load = JSON.parse(process.argv[2] ?? '{}') as Load;
const result = await autocannon({
  url: load.url,
  connections: load.connections,
  duration: load.seconds,
  requests: load.bodies.map((body) => ({
    method: 'POST' as const,
    headers: { 'content-type': 'application/json' },
    body,
  })),
});
console.log(
  JSON.stringify({
    requests: result.requests.total,
    perSecond: result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
    errors: result.errors + result.non2xx + result.timeouts,
  }),
);
