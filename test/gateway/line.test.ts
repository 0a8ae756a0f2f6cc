import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { FrameWriter, frameReader } from '../../server/line/frames.ts';
import { LINE_HEADER, LINE_OPENED, LINE_PROTOCOL, readAsk, saying } from '../../server/line/messages.ts';
import { publicViewer, signViewer, VIEWER_HEADER } from '../../server/viewer.ts';
import { type Shop, type ShopOptions, startShop, VIEWER_KEY } from './startShop.ts';

const open = async (options: Partial<ShopOptions> = {}): Promise<Shop> => {
  const shop = await startShop({ carrier: 'http', ...options });
  onTestFinished(() => shop.stop());
  return shop;
};

/** How many requests a subgraph has answered, by line and over HTTP. */
async function answeredBy(shop: Shop, name: 'products' | 'reviews') {
  const text = await (await fetch(`${shop.subgraphs[name]?.url}/metrics`)).text();
  const count = (method: string) =>
    Number(
      new RegExp(
        `^http_requests_total\\{route="/graphql",method="${method}",status="200"\\} (\\d+)`,
        'mu',
      ).exec(text)?.[1] ?? 0,
    );
  return { line: count('LINE'), post: count('POST') };
}

const query = '{ products { id name rating } }';

/** Something that others wait at until it is opened. */
function gate(): { readonly open: () => void; readonly opened: Promise<void> } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

/** Asks until both subgraphs are asked by lines. */
async function withLines(shop: Shop): Promise<void> {
  await vi.waitFor(async () => {
    await shop.ask(query);
    for (const name of ['products', 'reviews'] as const)
      expect((await answeredBy(shop, name)).line).toBeGreaterThan(0);
  });
}

describe('fetches go by a line', () => {
  it('once the subgraph has said over HTTP that it takes them; the answer is the same', async () => {
    const shop = await open();
    const first = await shop.ask(query);
    await withLines(shop);
    const before = await answeredBy(shop, 'products');
    const second = await shop.ask(query);
    expect(second.body).toEqual(first.body);
    expect(await answeredBy(shop, 'products')).toEqual({ ...before, line: before.line + 1 });
  });

  it('and each is answered when it is ready: a slow one does not hold up the others', async () => {
    const slow = gate();
    const shop = await open({
      door: (name, door) => ({
        ...door,
        ask: async (asked) => {
          if (name === 'products' && asked.variables?.id === '7') await slow.opened;
          return door.ask(asked);
        },
      }),
    });
    await withLines(shop);
    const one = 'query One($id: ID!) { product(id: $id) { name } }';
    const waiting = shop.ask(one, { id: '7' });
    expect((await shop.ask(one, { id: '1' })).body.data).toEqual({ product: { name: 'Product 1' } });
    slow.open();
    expect((await waiting).body.errors).toBeUndefined();
  });

  it('with what the subgraph refuses or does not survive told as over HTTP', async () => {
    let failing = false;
    const shop = await open({
      door: (name, door) => ({
        ...door,
        ask: (asked) =>
          failing && name === 'reviews'
            ? Promise.reject(new Error('out of memory at 10.0.0.7'))
            : door.ask(asked),
      }),
    });
    await withLines(shop);
    failing = true;
    const { body } = await shop.ask(query);
    expect(body.errors).toMatchObject([
      { extensions: { code: 'SUBGRAPH_UNAVAILABLE', params: { subgraph: 'reviews' } } },
    ]);
    expect(shop.logs.filter(({ msg }) => msg === 'unexpected error on a line')).toHaveLength(1);
  });

  it('and one under way is answered when its subgraph stops', async () => {
    const [arrival, hold] = [gate(), gate()];
    let holding = false;
    const shop = await open({
      door: (name, door) => ({
        ...door,
        ask: async (request) => {
          if (holding && name === 'products') {
            arrival.open();
            await hold.opened;
          }
          return door.ask(request);
        },
      }),
    });
    await withLines(shop);
    holding = true;
    const answer = shop.ask('{ products { name } }');
    await arrival.opened;
    const stopped = shop.subgraphs.products?.stop();
    hold.open();
    expect((await answer).body.errors).toBeUndefined();
    await stopped;
  });
});

/** A subgraph that takes lines, and does on them what the test says. */
async function lineServer(
  onAsk: (ask: ReturnType<typeof readAsk>, socket: Socket, answer: (text: string) => void) => void,
) {
  const posts: string[] = [];
  const server = createServer((incoming: IncomingMessage, response) => {
    let body = '';
    incoming.on('data', (chunk) => {
      body += chunk;
    });
    incoming.on('end', () => {
      posts.push(body);
      response.setHeader(LINE_HEADER, LINE_PROTOCOL).end('{"data":{"product":null}}');
    });
  });
  const sockets = new Set<Socket>();
  server.on('upgrade', (_request, socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('end', () => socket.end());
    socket.write(LINE_OPENED);
    const writer = new FrameWriter(socket);
    socket.on(
      'data',
      frameReader(1_000_000, ({ id, code, payload }) => {
        if (code === saying.ASK) onAsk(readAsk(payload), socket, (text) => writer.send(id, 200, text));
      }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, posts, sockets };
}

const product = { data: { product: { name: 'from afar' } } };
const one = 'query One($id: ID!) { product(id: $id) { name } }';

describe('a line that ends', () => {
  it('costs nothing: what was under way is asked again over HTTP, and the next line is opened', async () => {
    let broken = 0;
    let breaks = true;
    const server = await lineServer((_ask, socket, answer) => {
      if (!breaks) return answer(JSON.stringify(product));
      broken += 1;
      socket.destroy();
    });
    const shop = await open({ url: { products: server.url } });
    const overHttp = { data: { product: null } };
    await vi.waitFor(async () => {
      expect((await shop.ask(one, { id: '1' })).body).toEqual(overHttp);
      expect(broken).toBeGreaterThan(1);
    });
    breaks = false;
    await vi.waitFor(async () => expect((await shop.ask(one, { id: '1' })).body).toEqual(product));
  });
});

describe('a line on which nothing comes', () => {
  it('costs the fetches that wait for it, and is given up', async () => {
    const server = await lineServer(() => {});
    const shop = await open({ url: { products: server.url }, env: { REQUEST_TIMEOUT: '500ms' } });
    await vi.waitFor(async () => {
      const { body } = await shop.ask(one, { id: '1' });
      expect(body.errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_TIMEOUT' } }]);
    });
    const [socket] = server.sockets;
    await vi.waitFor(() => expect(socket?.closed).toBe(true));
  });
});

describe('a subgraph does not take for a line', () => {
  const viewer = (key: string) => signViewer(publicViewer, key, Date.now());
  const asGateway = { upgrade: LINE_PROTOCOL, [VIEWER_HEADER]: viewer(VIEWER_KEY) };
  const upgrade = async (shop: Shop, headers: Record<string, string>) => {
    const asking = request(`${shop.subgraphs.products?.url}/graphql`, {
      headers: { connection: 'Upgrade', ...headers },
      agent: false,
    });
    asking.end();
    return (await Promise.race([once(asking, 'response'), once(asking, 'upgrade')])) as [
      IncomingMessage,
      Socket,
    ];
  };

  it.each([
    ['another protocol', { upgrade: 'websocket', [VIEWER_HEADER]: viewer(VIEWER_KEY) }, 426],
    ['who has no viewer', { upgrade: LINE_PROTOCOL }, 401],
    ['who signs with another key', { upgrade: LINE_PROTOCOL, [VIEWER_HEADER]: viewer('another key') }, 401],
    ['but a gateway', asGateway, 101],
  ])('%s', async (_what, headers, status) => {
    const [response] = await upgrade(await open(), headers);
    response.destroy();
    expect(response.statusCode).toBe(status);
  });

  it('and stops all the same where whoever was refused keeps the connection', async () => {
    const shop = await open();
    const { port } = new URL(shop.subgraphs.products?.url ?? '');
    const socket = connect({ host: '127.0.0.1', port: Number(port), allowHalfOpen: true });
    onTestFinished(() => void socket.destroy());
    socket.write('GET /graphql HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n');
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 426 /u);
    await shop.subgraphs.products?.stop();
  });

  it.each<[string, (writer: FrameWriter) => void]>([
    ['a message that is none', (writer) => writer.send(1, 99, '')],
    ['a fetch that is no JSON', (writer) => writer.send(1, saying.ASK, 'nonsense')],
    [
      'endless texts',
      (writer) => Array.from({ length: 3_000 }, (_, id) => writer.send(id, saying.TEXT, 'x')),
    ],
  ])('%s, which closes it', async (_what, say) => {
    const shop = await open();
    const [, socket] = await upgrade(shop, asGateway);
    const closed = once(
      socket.on('error', () => {}),
      'close',
    );
    say(new FrameWriter(socket));
    await closed;
    expect(shop.logs.at(-1)).toMatchObject({ msg: 'a line that cannot be read is closed' });
  });

  it('more than a viewer it does not know: the fetch is refused as over HTTP', async () => {
    const shop = await open();
    const [, socket] = await upgrade(shop, asGateway);
    onTestFinished(() => void socket.destroy());
    const answered = new Promise((resolve) => socket.on('data', frameReader(10_000, resolve)));
    const writer = new FrameWriter(socket);
    writer.send(1, saying.TEXT, '{ products { name } }');
    writer.send(2, saying.TEXT, viewer('another key'));
    const asked = { query: 1, viewer: 2, requestId: 'r', traceparent: '', deadlineMs: 1_000 };
    writer.send(3, saying.ASK, `${JSON.stringify(asked)}\n{}`);
    expect(await answered).toMatchObject({
      id: 3,
      code: 401,
      payload: expect.stringContaining('"UNAUTHENTICATED"'),
    });
  });
});
