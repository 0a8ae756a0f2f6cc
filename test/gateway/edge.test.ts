import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { auditServer } from 'graphql-http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLog } from '../../server/log.ts';
import { demoViewer, signViewer, VIEWER_HEADER } from '../../server/viewer.ts';
import { carriers, post, type Shop, type ShopOptions, startShop, VIEWER_KEY } from './startShop.ts';

const open = async (options: ShopOptions = { carrier: 'memory' }): Promise<Shop> => {
  const shop = await startShop(options);
  onTestFinished(() => shop.stop());
  return shop;
};

describe('GraphQL over HTTP', () => {
  it('passes every audit of graphql-http: no error, no warning, no notice', async () => {
    const shop = await open();
    const results = await auditServer({ url: `${shop.url}/graphql`, fetchFn: fetch });
    expect(results.filter(({ status }) => status !== 'ok')).toEqual([]);
    expect(results).toHaveLength(61);
  });

  it('passes them at the door of a subgraph too, asked as the gateway asks it', async () => {
    const shop = await open({ carrier: 'http' });
    const asGateway = (url: string, init?: RequestInit) =>
      fetch(url, {
        ...init,
        headers: { ...init?.headers, [VIEWER_HEADER]: signViewer(demoViewer, VIEWER_KEY, Date.now()) },
      });
    const results = await auditServer({
      url: `${shop.subgraphs.products?.url}/graphql`,
      fetchFn: asGateway,
    });
    expect(results.filter(({ status }) => status !== 'ok')).toEqual([]);
    expect(results).toHaveLength(61);
  });

  it.each([
    ['application/json', 200],
    ['application/graphql-response+json', 400],
    ['application/graphql-response+json, application/json;q=0.9', 400],
    ['*/*', 400],
  ])('answers an invalid document for a client that accepts %s with %i', async (accept, status) => {
    const shop = await open();
    const answer = await post(shop.url, { query: '{ nothing }' }, { accept });
    expect(answer.status).toBe(status);
    expect(answer.body.errors?.[0]?.extensions?.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });
});

describe('headers', () => {
  it('makes a request id where the given one is no sane value', async () => {
    const shop = await open();
    const { headers } = await shop.ask('{ whoami }', {}, { 'x-request-id': 'a b <script>' });
    expect(headers.get('x-request-id')).toMatch(/^[\da-f]{8}-[\da-f-]{27}$/u);
  });

  it.each(carriers)('keeps a valid trace (%s)', async (carrier) => {
    const shop = await open({ carrier });
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    await shop.ask('{ product(id: "1") { rating } }', {}, { traceparent: `00-${trace}-00f067aa0ba902b7-01` });
    const traces = shop.logs.filter(({ msg }) => msg === 'operation').map(({ traceId }) => traceId);
    expect(new Set(traces)).toEqual(new Set([trace]));
    expect(traces).toHaveLength(carrier === 'http' ? 3 : 1);
  });

  it('sets security headers, and a policy under which nothing runs', async () => {
    const shop = await open();
    const { headers } = await shop.ask('{ whoami }');
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none';frame-ancestors 'none';base-uri 'none';form-action 'none'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('lets pages of named origins ask, and no others', async () => {
    const shop = await open({ carrier: 'memory', env: { CORS_ORIGINS: 'https://dashboard.example' } });
    const preflight = (origin: string) =>
      fetch(`${shop.url}/graphql`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type',
        },
      });
    const known = await preflight('https://dashboard.example');
    expect(known.status).toBe(204);
    expect(known.headers.get('access-control-allow-origin')).toBe('https://dashboard.example');
    const other = await preflight('https://evil.example');
    expect(other.headers.get('access-control-allow-origin')).not.toBe('https://evil.example');
  });
});

describe('log and metrics', () => {
  it('writes a line for each operation: who, what, how long, which errors', async () => {
    const shop = await open();
    const client = { 'apollographql-client-name': 'dashboard', 'apollographql-client-version': '1.2' };
    await shop.ask('query Till { oddCode }', {}, { ...client, 'x-request-id': 'r9' });
    expect(shop.logs.filter(({ msg }) => msg === 'operation')).toEqual([
      expect.objectContaining({
        level: 'info',
        requestId: 'r9',
        operation: 'Till',
        type: 'query',
        client: 'dashboard',
        clientVersion: '1.2',
        status: 200,
        codes: ['TILL_CLOSED'],
        durationMs: expect.any(Number),
      }),
    ]);
  });

  it.each([
    ['false', '127.0.0.1'],
    ['loopback', '203.0.113.7'],
    ['10.0.0.0/8', '127.0.0.1'],
  ])('with TRUST_PROXY=%s writes the address %s', async (TRUST_PROXY, address) => {
    const shop = await open({ carrier: 'memory', env: { TRUST_PROXY } });
    await shop.ask('{ whoami }', {}, { 'x-forwarded-for': '203.0.113.7' });
    expect(shop.logs.find(({ msg }) => msg === 'operation')).toMatchObject({ address });
  });

  it('writes an unexpected error whole, with its cause', async () => {
    const lines: string[] = [];
    const log = createLog('error', 'test', { write: (line) => lines.push(line) });
    log.error({ error: new Error('outer', { cause: new Error('inner') }) }, 'unexpected error');
    expect(lines.join('')).toMatch(/outer.*inner/su);
  });

  it('counts requests, errors and fetches, whatever clients call their operations', async () => {
    const shop = await open();
    await shop.ask('query Unbounded1 { product(id: "1") { rating } }');
    await shop.ask('query Unbounded2 { oddCode boom }');
    await fetch(`${shop.url}/nowhere-1`);
    const text = await (await fetch(`${shop.url}/metrics`)).text();
    expect(text).toContain('http_requests_total{route="/graphql",method="POST",status="200"} 2');
    expect(text).toContain('http_requests_total{route="none",method="GET",status="404"} 1');
    expect(text).toContain('graphql_errors_total{code="OTHER"} 1');
    expect(text).toContain('graphql_errors_total{code="INTERNAL_SERVER_ERROR"} 1');
    expect(text).toContain('subgraph_fetches_total{subgraph="reviews",outcome="ok"} 1');
    expect(text).toMatch(/http_request_duration_seconds_bucket\{le="0.01",route="\/graphql"\} \d/u);
    expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
    expect(text).not.toMatch(/Unbounded|nowhere/u);
  });
});

describe('health', () => {
  it('is ready when each subgraph has answered, and says which are up', async () => {
    const shop = await open({ carrier: 'http' });
    const ready = async () => {
      const response = await fetch(`${shop.url}/health/ready`);
      return [response.status, await response.json()];
    };
    expect(await ready()).toEqual([200, { status: 'ready', subgraphs: { products: 'up', reviews: 'up' } }]);
    await shop.subgraphs.reviews?.stop();
    expect(await ready()).toEqual([200, { status: 'ready', subgraphs: { products: 'up', reviews: 'down' } }]);
  });

  it('is not ready while one has never answered', async () => {
    const shop = await open({ carrier: 'http', url: { reviews: 'http://127.0.0.1:9/graphql' } });
    const response = await fetch(`${shop.url}/health/ready`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      status: 'not ready',
      subgraphs: { products: 'up', reviews: 'down' },
    });
    expect((await fetch(`${shop.url}/health/live`)).status).toBe(200);
  });
});

describe('shutting down', () => {
  it('fails readiness, answers what runs, refuses what comes, and closes the port', async () => {
    const shop = await startShop({ carrier: 'memory' });
    const running = shop.ask('{ slow(ms: 600) }');
    await expect.poll(() => shop.calls.length).toBe(1);
    const stopped = shop.stop();
    const ready = await fetch(`${shop.url}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { status: 'not ready', reason: 'shutting down' },
    ]);
    const late = await shop.ask('{ whoami }');
    expect(late.status).toBe(503);
    expect(late.body.errors?.[0]?.extensions).toMatchObject({ code: 'SHUTTING_DOWN', retryable: true });
    expect(late.headers.get('connection')).toBe('close');
    const { body } = await running;
    expect(body).toEqual({ data: { slow: 'at last' } });
    await stopped;
    await expect(fetch(`${shop.url}/health/live`)).rejects.toThrow('fetch failed');
  });

  it('waits no longer than DRAIN_TIMEOUT', async () => {
    const shop = await startShop({ carrier: 'memory', env: { DRAIN_TIMEOUT: '100ms' } });
    const cut = expect(shop.ask('{ slow(ms: 5000) }')).rejects.toThrow();
    await expect.poll(() => shop.calls.length).toBe(1);
    await shop.stop();
    await cut;
    expect(JSON.stringify(shop.logs)).toContain('DRAIN_TIMEOUT has passed');
  });
});

describe('the supergraph file', () => {
  it('is read again when it changes, and kept when the new one is bad', async () => {
    const shop = await open();
    const logged = (text: string) =>
      expect.poll(() => JSON.stringify(shop.logs), { timeout: 10_000 }).toContain(text);
    const good = readFileSync(shop.supergraphFile, 'utf8');
    await sleep(10);
    writeFileSync(shop.supergraphFile, 'type Query {');
    await logged('the one before stays');
    expect((await shop.ask('{ whoami }')).status).toBe(200);
    writeFileSync(shop.supergraphFile, good.replaceAll('whoami', 'whoamI'));
    await logged('went over to the changed supergraph');
    expect((await shop.ask('{ whoami }')).body.errors?.[0]?.message).toContain('Did you mean "whoamI"');
  });
});

describe('production', () => {
  const env = { NODE_ENV: 'production', VIEWER_KEY: 'x'.repeat(32) };

  it('answers the public, and has neither introspection nor explorer, but the schema for partners to read', async () => {
    const shop = await open({ carrier: 'memory', env });
    expect((await shop.ask('{ whoami }')).body).toEqual({ data: { whoami: 'public' } });
    const introspection = await shop.ask('{ __schema { types { name } } }');
    expect(introspection.body.errors?.[0]?.extensions?.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(await (await fetch(`${shop.url}/schema.graphql`)).text()).toContain('"""One product."""');
    expect((await fetch(shop.url, { headers: { accept: 'text/html' } })).status).toBe(404);
  });
});

describe('the page to ask from', () => {
  it('is built when somebody looks at it; what it starts from comes from our own origin', async () => {
    const shop = await open();
    const page = await fetch(shop.url, { headers: { accept: 'text/html,*/*' } });
    expect(page.status).toBe(503);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(await page.text()).toContain('This page is being built');
    for (const name of ['examples', 'askers']) {
      expect(await (await fetch(`${shop.url}/explorer/${name}.json`)).json()).not.toEqual([]);
    }
  });

  it('gives programs the addresses instead, and the SDL with its descriptions', async () => {
    const shop = await open();
    expect(await (await fetch(shop.url)).json()).toMatchObject({ graphql: '/graphql' });
    expect(await (await fetch(`${shop.url}/schema.graphql`)).text()).toContain('"""One product."""');
  });
});
