import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ShopDoor } from './shop.ts';
import { type CarrierName, carriers, type Shop, type ShopOptions, startShop } from './startShop.ts';

const open = async (options: ShopOptions): Promise<Shop> => {
  const shop = await startShop(options);
  onTestFinished(() => shop.stop());
  return shop;
};

/** A server that stands where the reviews should, and misbehaves. */
const impostor = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
};

const withReviews = (ask: ShopDoor['ask']) => (name: string, door: ShopDoor) =>
  name === 'reviews' ? { ...door, ask } : door;

const never = () => new Promise<never>(() => {});
const query = '{ shelf(ids: ["1", "2"]) { name rating } }';
const names = { shelf: [1, 2].map((id) => ({ name: `Product ${id}`, rating: null })) };

const lost = (code: string, message: RegExp) => ({
  message: expect.stringMatching(message),
  locations: [{ line: 1, column: 3 }],
  path: ['shelf'],
  extensions: { code, requestId: 'r', retryable: true, params: { subgraph: 'reviews' } },
});

describe('a dead subgraph', () => {
  const dead: Record<CarrierName, () => Partial<ShopOptions>> = {
    memory: () => ({ door: withReviews(() => Promise.reject(new Error('out of memory at 10.0.0.7'))) }),
    http: () => ({ url: { reviews: 'http://127.0.0.1:9/graphql' } }),
  };

  it.each(carriers)('costs its own fields and one error for each fetch (%s)', async (carrier) => {
    const shop = await open({ carrier, ...dead[carrier]() });
    const { status, body } = await shop.ask(query, {}, { 'x-request-id': 'r' });
    expect(body).toEqual({
      data: names,
      errors: [lost('SUBGRAPH_UNAVAILABLE', /that "reviews" answers cannot be reached/u)],
    });
    expect(status).toBe(200);
    expect(shop.logs.filter(({ msg }) => msg === 'a subgraph gave no answer')).toMatchObject([
      { requestId: 'r', subgraph: 'reviews', error: { message: expect.any(String) } },
    ]);
  });

  it('is found again when it is back', async () => {
    let broken = true;
    const shop = await open({
      carrier: 'memory',
      door: (name, door) =>
        name === 'reviews'
          ? { ...door, ask: (request) => (broken ? Promise.reject(new Error('gone')) : door.ask(request)) }
          : door,
    });
    expect((await shop.ask(query)).body.errors).toHaveLength(1);
    broken = false;
    expect((await shop.ask(query)).body.errors).toBeUndefined();
  });
});

describe('a subgraph that answers nonsense', () => {
  it.each<[string, RequestListener]>([
    ['HTML', (_request, response) => response.end('<h1>nginx at 10.0.0.7</h1>')],
    ['JSON that is no answer', (_request, response) => response.end('[1, 2]')],
    ['nothing', (_request, response) => response.end()],
    [
      'half of an answer',
      (request) =>
        request.socket.write('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"da', () =>
          request.socket.destroy(),
        ),
    ],
    ['status 503', (_request, response) => response.writeHead(503).end('{"errors":[{"message":"x"}]}')],
    ['no HTTP', (request) => request.socket.end('SSH-2.0-OpenSSH')],
    ['too many bytes', (_request, response) => response.end(`{"data":"${'x'.repeat(65 * 1024 * 1024)}"}`)],
  ])('with %s costs its own fields', async (_what, listener) => {
    const shop = await open({ carrier: 'http', url: { reviews: await impostor(listener) } });
    const { body } = await shop.ask(query, {}, { 'x-request-id': 'r' });
    expect(body).toEqual({ data: names, errors: [lost('SUBGRAPH_UNAVAILABLE', /"reviews"/u)] });
  });

  it('with a plan it does not know is an internal fault, not the client’s', async () => {
    const answer = {
      errors: [{ message: 'Cannot query field "rating"', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    };
    const url = await impostor((_request, response) => response.writeHead(400).end(JSON.stringify(answer)));
    const shop = await open({ carrier: 'http', url: { reviews: url } });
    const { body } = await shop.ask(query);
    expect(body.data).toEqual(names);
    expect(body.errors?.map(({ extensions }) => extensions?.code)).toEqual(['INTERNAL_SERVER_ERROR']);
    expect(JSON.stringify(body.errors)).not.toContain('rating');
  });
});

describe('a connection that breaks as it is used', () => {
  const breaksOnce = async () => {
    let requests = 0;
    const url = await impostor((request, response) => {
      requests += 1;
      if (requests === 1) return request.socket.resetAndDestroy();
      return response.end('{"data":{"rename":{"__typename":"Product","id":"1","name":"x"},"whoami":"me"}}');
    });
    return { url, count: () => requests };
  };

  it('is tried once more for a query', async () => {
    const { url, count } = await breaksOnce();
    const shop = await open({ carrier: 'http', url: { products: url } });
    expect((await shop.ask('{ whoami }')).body).toEqual({ data: { whoami: 'me' } });
    expect(count()).toBe(2);
  });

  it('is never tried again for a mutation', async () => {
    const { url, count } = await breaksOnce();
    const shop = await open({ carrier: 'http', url: { products: url } });
    const { body } = await shop.ask('mutation { rename(id: "1", name: "x") { name } }');
    expect(body.errors?.map(({ extensions }) => extensions?.code)).toEqual(['SUBGRAPH_UNAVAILABLE']);
    expect(count()).toBe(1);
  });
});

describe('a slow subgraph', () => {
  const slow: Record<CarrierName, () => Promise<Partial<ShopOptions>>> = {
    memory: async () => ({ door: withReviews(never) }),
    http: async () => ({ url: { reviews: await impostor(() => {}) } }),
  };

  it.each(carriers)('costs its own fields (%s)', async (carrier) => {
    // A fifth of it is for the wave before, which is quick unless the machine is not.
    const shop = await open({ carrier, env: { REQUEST_TIMEOUT: '3000ms' }, ...(await slow[carrier]()) });
    const { body } = await shop.ask(query, {}, { 'x-request-id': 'r' });
    expect(body).toEqual({ data: names, errors: [lost('SUBGRAPH_TIMEOUT', /longer than 2400 ms/u)] });
  });

  it.each(carriers)('leaves the next wave only what the deadline leaves (%s)', async (carrier) => {
    const shop = await open({
      carrier,
      env: { REQUEST_TIMEOUT: '600ms' },
      door: (name, door) => ({
        ...door,
        ask: async (request) => {
          if (name === 'reviews') return never();
          await new Promise((resolve) => setTimeout(resolve, 300));
          return door.ask(request);
        },
      }),
    });
    const { body } = await shop.ask(query, {}, { 'x-request-id': 'r' });
    expect(body).toEqual({ data: names, errors: [lost('REQUEST_TIMEOUT', /longer than 600 ms/u)] });
  });

  it('is told by the abort signal that nobody waits any more', async () => {
    let signal: AbortSignal | undefined;
    const shop = await open({
      carrier: 'memory',
      env: { REQUEST_TIMEOUT: '200ms' },
      door: withReviews((request) => {
        signal = request.signal;
        return never();
      }),
    });
    await shop.ask(query);
    expect(signal?.aborted).toBe(true);
  });
});

describe('a subgraph that does not believe the gateway', () => {
  it('is an internal fault, and stands in the log', async () => {
    const url = await impostor((_request, response) => response.writeHead(401).end('{"errors":[]}'));
    const shop = await open({ carrier: 'http', url: { reviews: url } });
    const { body } = await shop.ask(query);
    expect(body.errors?.map(({ extensions }) => extensions?.code)).toEqual(['INTERNAL_SERVER_ERROR']);
    expect(JSON.stringify(shop.logs)).toContain('refused the gateway with 401');
  });

  it('answers 401 to whoever is not the gateway, health and metrics apart', async () => {
    const shop = await open({ carrier: 'http' });
    const { url = '' } = shop.subgraphs.products ?? {};
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-viewer': 'e30.c2ln' },
      body: '{"query":"{whoami}"}',
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    expect((await fetch(`${url}/metrics`)).status).toBe(200);
  });
});
