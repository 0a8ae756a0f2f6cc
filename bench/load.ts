import { text } from 'node:stream/consumers';
import autocannon from 'autocannon';

/**
 * A load on one address, run as a process of its own so that it takes no time from what is measured: it
 * reads `{"url", "headers", "bodies": [...], "connections", "seconds"}` from standard input and prints one line of JSON.
 */
interface Load {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly bodies: readonly string[];
  readonly connections: number;
  readonly seconds: number;
}

const load = JSON.parse(await text(process.stdin)) as Load;
const requests = load.bodies.map((body) => ({
  method: 'POST' as const,
  headers: { 'content-type': 'application/json', ...load.headers },
  body,
}));
const enough = requests.length >= load.connections;
let opened = 0;
const result = await autocannon({
  url: load.url,
  connections: load.connections,
  duration: load.seconds,
  // Each connection has bodies of its own where there are enough: no two requests under way are then the same.
  setupClient: (client) => {
    const turn = opened;
    opened += 1;
    client.setRequests(enough ? requests.filter((_, index) => index % load.connections === turn) : requests);
  },
  verifyBody: (body) => !String(body).includes('"errors":['),
});
console.log(
  JSON.stringify({
    requests: result.requests.total,
    perSecond: result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
    // A refused request is a mismatch as well.
    errors: result.errors + Math.max(result.non2xx, result.mismatches),
  }),
);
