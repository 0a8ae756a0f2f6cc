import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { testPartner } from './partner.ts';
import { post, type Shop, type ShopOptions, startShop } from './startShop.ts';

const open = async (options: Partial<ShopOptions>): Promise<Shop> => {
  const shop = await startShop({ carrier: 'memory', ...options });
  onTestFinished(() => shop.stop());
  return shop;
};

const contracts = {
  'contracts/partner.graphql':
    'type Query { whoami: String product(id: ID!): Product } type Product { id: ID! }',
  'contracts/press.graphql':
    'type Query { product(id: ID!): Product } type Product { id: ID! name: String! }',
};
const operations = [
  { id: 'who', body: 'query Who { whoami }' },
  { id: 'name', body: 'query Name { product(id: "1") { name } }' },
];

describe('with its key a partner finds', () => {
  const { headers, manifest } = testPartner({ operations, rate: { perMinute: 100 }, dailyQuota: 1_000 });
  const files = { ...contracts, 'partners/bookshop.yaml': manifest };
  const get = async (shop: Shop, path: string, given: Record<string, string> = headers) => {
    const response = await fetch(`${shop.url}/partner/${path}`, { headers: given });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  it('the SDL of its contract', async () => {
    const shop = await open({ files });
    const answer = await get(shop, 'schema.graphql');
    expect(answer.text).toBe(
      'type Query {\n  whoami: String\n  product(id: ID!): Product\n}\n\ntype Product {\n  id: ID!\n}',
    );
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
  });

  it('its operations: what each costs, and why one cannot be answered', async () => {
    const shop = await open({ files });
    expect(JSON.parse((await get(shop, 'operations.json')).text)).toEqual({
      format: 'apollo-persisted-query-manifest',
      version: 1,
      operations: [
        { id: 'who', name: 'Who', type: 'query', body: operations[0]?.body, cost: 0 },
        {
          ...{ id: 'name', name: 'Name', type: 'query', body: operations[1]?.body, cost: null },
          errors: ['Cannot query field "name" on type "Product".'],
        },
      ],
    });
    expect(shop.logs).toContainEqual(
      expect.objectContaining({ level: 'warn', partner: 'bookshop', operation: 'Name' }),
    );
  });

  it('how much is left', async () => {
    const shop = await open({ files });
    for (let times = 0; times < 3; times += 1) await shop.ask('{ product(id: "1") { id } }', {}, headers);
    const reset = expect.any(Number);
    expect(JSON.parse((await get(shop, 'usage')).text)).toEqual({
      partner: 'bookshop',
      contract: 'partner',
      mode: 'OPEN',
      rate: { limit: 100, windowSeconds: 60, used: 4, remaining: 96, reset },
      daily: { limit: 1_000, windowSeconds: 86_400, used: 3, remaining: 997, reset },
      cost: {
        perOperation: 100,
        perMinute: { limit: 1_000, windowSeconds: 60, used: 3, remaining: 997, reset },
      },
    });
  });

  it.each(['schema.graphql', 'operations.json', 'usage'])('and nobody else: %s', async (path) => {
    const shop = await open({ files });
    for (const given of [{}, { 'x-demo-viewer': 'role=PARTNER' }]) {
      const { status, text } = await get(shop, path, given);
      expect([status, JSON.parse(text).errors[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
    }
  });
});

describe('a contract', () => {
  it('is all that there is for its partner: nothing else is answered, listed or proposed', async () => {
    const { headers, manifest } = testPartner({ contract: 'press' });
    const shop = await open({ files: { ...contracts, 'partners/bookshop.yaml': manifest } });
    const ask = async (query: string) => (await shop.ask(query, {}, headers)).body;
    expect(await ask('{ product(id: "1") { name } }')).toEqual({ data: { product: { name: 'Product 1' } } });
    expect((await ask('{ whoam }')).errors?.[0]?.message).toBe('Cannot query field "whoam" on type "Query".');
    expect((await ask('{ product(id: "1") { nam } }')).errors?.[0]?.message).toContain('Did you mean "name"');
    expect(await ask('{ __schema { queryType { fields { name } } } }')).toEqual({
      data: { __schema: { queryType: { fields: [{ name: 'product' }] } } },
    });
  });

  it('that does not exist makes no manifest; it is read again when there is one', async () => {
    const { headers, manifest } = testPartner({ contract: 'radio' });
    const shop = await open({ files: { ...contracts, 'partners/bookshop.yaml': manifest } });
    expect(JSON.stringify(shop.logs)).toContain(
      'contract: there is no contract radio; there are partner, press',
    );
    const status = async () => (await post(shop.url, { query: '{ whoami }' }, headers)).status;
    expect(await status()).toBe(401);
    writeFileSync(join(shop.dir, 'contracts/radio.graphql'), 'type Query { whoami: String }');
    // Written until it has been seen: the watch begins a moment after the gateway answers.
    const touchAndAsk = () => {
      appendFileSync(shop.supergraphFile, '\n');
      return status();
    };
    await expect.poll(touchAndAsk, { timeout: 10_000, interval: 200 }).toBe(200);
  });
});

describe('what is deprecated', () => {
  const headersOf = ({ headers }: { headers: Headers }) =>
    ['deprecation', 'sunset', 'link'].map((name) => headers.get(name));
  const link = '</schema.graphql>; rel="deprecation"';
  const day = (text: string) => `@${Date.parse(text) / 1_000}`;

  it.each([
    ['{ whoami }', [null, null, null]],
    ['{ oldName }', [day('2026-12-01'), 'Wed, 30 Jun 2027 00:00:00 GMT', link]],
    [
      '{ ...f } fragment f on Query { a: oldName(by: "x") }',
      [day('2026-06-01'), 'Wed, 30 Jun 2027 00:00:00 GMT', link],
    ],
  ])('is told in headers of %s', async (query, expected) => {
    const shop = await open({});
    expect(headersOf(await shop.ask(query))).toEqual(expected);
    const get = await fetch(`${shop.url}/graphql?query=${encodeURIComponent(query)}`);
    expect(headersOf(get)).toEqual(expected);
  });

  it('may be one registered operation, by the manifest', async () => {
    const link = 'https://bookshop.example/moving';
    const notices = [{ operation: 'Who', deprecatedOn: '2026-11-01', sunset: '2026-12-31', link }];
    const { headers, manifest } = testPartner({ operations, notices });
    const shop = await open({ files: { 'partners/bookshop.yaml': manifest } });
    const told = [day('2026-11-01'), 'Thu, 31 Dec 2026 00:00:00 GMT', `<${link}>; rel="deprecation"`];
    expect(headersOf(await post(shop.url, { documentId: 'who' }, headers))).toEqual(told);
    expect(headersOf(await post(shop.url, { documentId: 'name' }, headers))).toEqual([null, null, null]);
  });
});
