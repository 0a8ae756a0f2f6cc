import { expect, it, onTestFinished } from 'vitest';
import { publicViewer, signViewer, VIEWER_HEADER } from '../../server/viewer.ts';
import { carriers, post, type ShopOptions, startShop } from '../gateway/startShop.ts';
import { explanationOf } from './ask.ts';

async function open(options: ShopOptions) {
  const shop = await startShop(options);
  onTestFinished(() => shop.stop());
  return shop;
}

const wish = { 'x-explain': '1' };

it.each(carriers)('repeats are counted before and after they are left out (%s)', async (carrier) => {
  const shop = await open({ carrier });
  const { body } = await shop.ask('{ shelf(ids: ["1", "2", "1", "1"]) { id rating } }', {}, wish);
  const { totals, plan, fetches } = explanationOf(body);
  expect(totals).toMatchObject({ fetches: 2, waves: 2, mongodbCommands: 0, rows: 4, documentsPerRow: 0 });
  expect(plan.text).toContain('shelf(ids: [0, 0, 0, 0])');
  expect(fetches.map(({ subgraph, path, representations }) => ({ subgraph, path, representations }))).toEqual(
    [
      { subgraph: 'products', path: '', representations: null },
      { subgraph: 'reviews', path: 'shelf.@', representations: { planned: 4, sent: 2 } },
    ],
  );
});

it.each(carriers)('what failed is explained as far as it went (%s)', async (carrier) => {
  const url = carrier === 'http' ? { url: { reviews: 'http://127.0.0.1:1/graphql' } } : {};
  const shop = await open({
    carrier,
    ...url,
    door: (name, door) =>
      name === 'reviews' ? { ...door, ask: () => Promise.reject(new Error('down')) } : door,
  });
  const { body } = await shop.ask('{ products { id rating } }', {}, wish);
  expect(body.errors?.[0]?.extensions?.code).toBe('SUBGRAPH_UNAVAILABLE');
  const { fetches } = explanationOf(body);
  expect(fetches.map(({ subgraph, bytes }) => [subgraph, bytes > 0])).toEqual([
    ['products', true],
    ['reviews', false],
  ]);
});

it('the public is refused outside of development, rather than answered without', async () => {
  const env = { NODE_ENV: 'production', VIEWER_KEY: 'x'.repeat(32) };
  const shop = await open({ carrier: 'memory', env });
  const { status, body } = await shop.ask('{ whoami }', {}, wish);
  expect([status, body.data]).toEqual([403, undefined]);
  expect(body.errors?.map(({ message, extensions }) => [extensions?.code, message])).toEqual([
    [
      'FORBIDDEN',
      'x-explain shows what an answer costs to whoever holds explain:read; ask without the header.',
    ],
  ]);
  expect((await shop.ask('{ whoami }')).body).toEqual({ data: { whoami: 'public' } });
});

it('a subgraph heeds the header only beside a viewer that the gateway has signed', async () => {
  const wishes: (boolean | undefined)[] = [];
  const shop = await open({
    carrier: 'http',
    door: (_, door) => ({
      ...door,
      ask: (request) => {
        wishes.push(request.explain);
        return door.ask(request);
      },
    }),
  });
  const url = String(shop.subgraphs.products?.url);
  const query = { query: '{ whoami }' };
  expect((await post(url, query, wish)).status).toBe(401);
  const other = signViewer(publicViewer, 'another key, as long as one has to be', Date.now());
  expect((await post(url, query, { ...wish, [VIEWER_HEADER]: other })).status).toBe(401);
  expect(wishes).toEqual([]);

  await shop.ask('{ whoami }');
  await shop.ask('{ whoami }', {}, wish);
  expect(wishes).toEqual([false, true]);
});
