import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carriers, type Shop, startShop } from './startShop.ts';

describe.each(carriers)('a foreign graph over the %s carrier', (carrier) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await startShop({ carrier });
  });
  afterAll(() => shop.stop());

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
});
