import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carriers, type Shop, startShop } from './startShop.ts';

describe.each(carriers)('a foreign graph over the %s carrier', (carrier) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await startShop({ carrier });
  });
  afterAll(() => shop.stop());

  const asked = (subgraph: string) => shop.calls.filter((call) => call.subgraph === subgraph);

  it('answers across subgraphs', async () => {
    const { status, body } = await shop.ask(
      '{ product(id: "2") { name rating vendor { trust } related { name rating } } }',
    );
    expect(body).toEqual({
      data: {
        product: {
          name: 'Product 2',
          rating: 20,
          vendor: { trust: 2 },
          related: { name: 'Product 3', rating: 30 },
        },
      },
    });
    expect(status).toBe(200);
  });

  it('sends equal references once, and gives each place its own copy', async () => {
    shop.calls.length = 0;
    const { body } = await shop.ask(
      '{ shelf(ids: ["1", "2", "1", "1"]) { id reviews { text product { name } } } }',
    );
    const review = (id: string) => ({
      id,
      reviews: [{ text: `About ${id}`, product: { name: `Product ${id}` } }],
    });
    expect(body).toEqual({ data: { shelf: ['1', '2', '1', '1'].map(review) } });
    const references = ['1', '2'].map((id) => ({ __typename: 'Product', id }));
    expect(asked('reviews').map(({ variables }) => variables)).toEqual([{ representations: references }]);
    expect(asked('products').map(({ variables }) => variables.representations)).toEqual([
      undefined,
      references,
    ]);
  });

  it('reports the error of a repeated reference at each of its places', async () => {
    const { body } = await shop.ask('{ shelf(ids: ["13", "2", "13"]) { id rating } }');
    expect(body.data).toEqual({
      shelf: [
        { id: '13', rating: null },
        { id: '2', rating: 20 },
        { id: '13', rating: null },
      ],
    });
    expect(body.errors?.map(({ path, extensions }) => [path, extensions?.code])).toEqual([
      [['shelf', 0], 'ENTITY_NOT_FOUND'],
      [['shelf', 2], 'ENTITY_NOT_FOUND'],
    ]);
  });

  it('runs a mutation and reads on', async () => {
    const { body } = await shop.ask('mutation { rename(id: "4", name: "Lamp") { name rating } }');
    expect(body).toEqual({ data: { rename: { name: 'Lamp', rating: 40 } } });
  });

  it('tells the subgraph who asks: the demo ministry on loopback', async () => {
    const { body } = await shop.ask('{ whoami }');
    expect(body).toEqual({ data: { whoami: 'demo-ministry' } });
  });

  it('hands the request id on to every fetch and back', async () => {
    shop.calls.length = 0;
    const { headers } = await shop.ask('{ product(id: "1") { rating } }', {}, { 'x-request-id': 'abc-123' });
    expect(headers.get('x-request-id')).toBe('abc-123');
    expect(shop.calls.map(({ subgraph, requestId }) => [subgraph, requestId])).toEqual([
      ['products', 'abc-123'],
      ['reviews', 'abc-123'],
    ]);
  });

  it.each([
    ['an unexpected one, masked', '{ boom }', 'INTERNAL_SERVER_ERROR', ['boom'], undefined, false],
    ['one of ours, whole', '{ refused }', 'OUT_OF_SUBTREE', ['refused'], { shelf: 'A' }, false],
    [
      'a foreign code, without its other extensions',
      '{ oddCode }',
      'TILL_CLOSED',
      ['oddCode'],
      undefined,
      true,
    ],
    [
      'one below a reference',
      '{ shelf(ids: ["5"]) { secret } }',
      'INTERNAL_SERVER_ERROR',
      ['shelf', 0, 'secret'],
      undefined,
      false,
    ],
    ['null where the schema has none', '{ broken }', 'INTERNAL_SERVER_ERROR', ['broken'], undefined, false],
  ])('gives an error of a subgraph: %s', async (_what, query, code, path, params, retryable) => {
    const { body } = await shop.ask(query, {}, { 'x-request-id': 'req-1' });
    expect(body.errors).toEqual([
      {
        message: expect.any(String),
        locations: [{ line: 1, column: query.indexOf(String(path.at(-1))) + 1 }],
        path,
        extensions: { code, requestId: 'req-1', retryable, ...(params ? { params } : {}) },
      },
    ]);
    expect(JSON.stringify(body)).not.toMatch(/mongodb:|password|stack|till-7|serviceName/u);
  });
});
