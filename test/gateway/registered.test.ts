import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FormattedExecutionResult } from 'graphql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { testPartner } from './partner.ts';
import { carriers, post, type Shop, type ShopOptions, startShop } from './startShop.ts';

const open = async (options: Partial<ShopOptions>): Promise<Shop> => {
  const shop = await startShop({ carrier: 'memory', ...options });
  onTestFinished(() => shop.stop());
  return shop;
};
const hash = (algorithm: 'sha1' | 'sha256', text: string): string =>
  createHash(algorithm).update(text).digest('hex');

const named = 'query Named($id: ID!) { product(id: $id) { name } }';
const rated = 'query Rated { product(id: "2") { rating } }';
const renamed = 'mutation Renamed { rename(id: "1", name: "New") { name } }';
const asked = 'query Asked { whoami }';

/** The four documents, each registered in another of the ways there are. */
const files = (terms: object = {}) => {
  const partner = testPartner({
    operations: [
      '../apollo.json',
      '../codegen.json',
      '../renamed.graphql',
      { id: 'asked-1', body: asked, hash: `sha256:${hash('sha256', asked)}` },
    ],
    ...terms,
  });
  const apollo = {
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: [{ id: hash('sha256', named), name: 'Named', type: 'query', body: named }],
  };
  return {
    headers: partner.headers,
    files: {
      'partners/bookshop.yaml': partner.manifest,
      'apollo.json': JSON.stringify(apollo),
      'codegen.json': JSON.stringify({ [hash('sha1', rated)]: rated }),
      'renamed.graphql': renamed,
    },
  };
};
const answers = {
  named: { data: { product: { name: 'Product 1' } } },
  rated: { data: { product: { rating: 20 } } },
  renamed: { data: { rename: { name: 'New' } } },
  asked: { data: { whoami: 'partner:bookshop' } },
};
const persisted = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });

describe('a registered operation', () => {
  const variables = { id: '1' };
  it.each<[string, object, object]>([
    ['by the id of Apollo’s manifest', { documentId: hash('sha256', named), variables }, answers.named],
    [
      'by its SHA-256 with the prefix',
      { documentId: `sha256:${hash('sha256', named)}`, variables },
      answers.named,
    ],
    ['as Apollo’s clients ask', { ...persisted(hash('sha256', named)), variables }, answers.named],
    ['by the hash of graphql-codegen', { documentId: hash('sha1', rated) }, answers.rated],
    ['as Apollo’s clients ask, by graphql-codegen’s', persisted(hash('sha1', rated)), answers.rated],
    ['of a file, by its SHA-256', { documentId: hash('sha256', renamed) }, answers.renamed],
    ['by an id of the manifest', { documentId: 'asked-1' }, answers.asked],
    ['by its SHA-256 though it has an id', { documentId: `sha256:${hash('sha256', asked)}` }, answers.asked],
    ['by its text, every letter of it', { query: asked }, answers.asked],
    ['with its operation named', { documentId: 'asked-1', operationName: 'Asked' }, answers.asked],
  ])('is asked %s, in both modes', async (_how, body, answer) => {
    for (const mode of ['STRICT', 'OPEN']) {
      const given = files({ mode });
      const shop = await open({ files: given.files });
      expect((await post(shop.url, body, given.headers)).body).toEqual(answer);
    }
  });

  it.each(carriers)('is asked by GET (%s)', async (carrier) => {
    const { headers, ...given } = files({ mode: 'STRICT' });
    const shop = await open({ carrier, ...given });
    const get = async (parameters: Record<string, string>) =>
      (await fetch(`${shop.url}/graphql?${new URLSearchParams(parameters)}`, { headers })).json();
    const variables = JSON.stringify({ id: '1' });
    expect(await get({ documentId: hash('sha256', named), variables })).toEqual(answers.named);
    const extensions = JSON.stringify(persisted(hash('sha1', rated)).extensions);
    expect(await get({ extensions })).toEqual(answers.rated);
  });

  it('is exempt from the limits on the shape of documents when the partner is trusted, and only then', async () => {
    const chain = `${'related { '.repeat(12)}id${' }'.repeat(12)}`;
    const deep = `query Deep { product(id: "1") { ${chain} } }`;
    const ask = async (trusted: boolean, body: object) => {
      const { headers, ...given } = files({ trusted, operations: [{ id: 'deep', body: deep }] });
      const shop = await open(given);
      return (await post(shop.url, body, headers)).body.errors?.[0]?.extensions?.code;
    };
    expect(await ask(false, { documentId: 'deep' })).toBe('DEPTH_EXCEEDED');
    expect(await ask(true, { documentId: 'deep' })).toBeUndefined();
    expect(await ask(true, { query: `${deep} ` })).toBe('DEPTH_EXCEEDED');
  });

  it('is limited in its variables and its cost, also when the partner is trusted', async () => {
    const body = 'query Kept($filter: Filter) { products(filter: $filter) { id related { id } } }';
    const nested = (levels: number): object => (levels === 0 ? {} : { nested: nested(levels - 1) });
    const ask = async (perOperation: number, filter: object) => {
      const terms = {
        trusted: true,
        operations: [{ id: 'kept', body }],
        cost: { perOperation, perMinute: 1_000 },
      };
      const { headers, ...given } = files(terms);
      const shop = await open(given);
      return (await post(shop.url, { documentId: 'kept', variables: { filter } }, headers)).body.errors?.[0];
    };
    expect(await ask(100, {})).toBeUndefined();
    expect((await ask(100, nested(900)))?.extensions?.code).toBe('INPUT_DEPTH_EXCEEDED');
    expect((await ask(30, {}))?.extensions?.params).toEqual({ limit: 30, used: 41, reset: null });
  });

  it('comes and goes with its file', async () => {
    const given = files({ mode: 'STRICT', operations: ['../apollo.json'] });
    const shop = await open({ files: given.files });
    const status = async () =>
      (await post(shop.url, { documentId: hash('sha1', rated) }, given.headers)).status;
    expect(await status()).toBe(400);
    writeFileSync(join(shop.dir, 'apollo.json'), given.files['codegen.json']);
    await expect.poll(status, { timeout: 10_000 }).toBe(200);
  });
});

describe('what is not registered', () => {
  const text = '{ product(id: "3") { id } }';
  const notRegistered = [403, 'OPERATION_NOT_REGISTERED'] as const;

  it.each<[string, 'STRICT' | 'OPEN', object, readonly [number, string | undefined]]>([
    ['a text', 'STRICT', { query: text }, notRegistered],
    ['a registered text with one blank more', 'STRICT', { query: `${asked} ` }, notRegistered],
    ['introspection', 'STRICT', { query: '{ __schema { types { name } } }' }, notRegistered],
    [
      'a text with a registered hash',
      'STRICT',
      { query: text, ...persisted(hash('sha1', rated)) },
      notRegistered,
    ],
    ['nothing at all', 'STRICT', { variables: {} }, notRegistered],
    ['a text', 'OPEN', { query: text }, [200, undefined]],
    [
      'a text with its hash, to be remembered',
      'OPEN',
      { query: text, ...persisted(hash('sha256', text)) },
      [200, undefined],
    ],
    ['an unknown id', 'STRICT', { documentId: 'sha256:00' }, [400, 'PERSISTED_QUERY_NOT_FOUND']],
    ['an unknown id', 'OPEN', { documentId: 'none' }, [400, 'PERSISTED_QUERY_NOT_FOUND']],
    ['an unknown hash', 'OPEN', persisted(hash('sha256', text)), [400, 'PERSISTED_QUERY_NOT_FOUND']],
    ['an id and a text', 'OPEN', { documentId: 'asked-1', query: text }, [400, 'BAD_REQUEST']],
  ])('%s, in mode %s', async (_what, mode, body, expected) => {
    const { headers, ...given } = files({ mode });
    const shop = await open(given);
    const answer = await post(shop.url, body, headers);
    expect([answer.status, answer.body.errors?.[0]?.extensions?.code]).toEqual(expected);
    expect(shop.calls).toHaveLength(expected[0] === 200 ? 1 : 0);
  });

  it('is not remembered when it was sent once', async () => {
    const { headers, ...given } = files({ mode: 'OPEN' });
    const shop = await open(given);
    await post(shop.url, { query: text, ...persisted(hash('sha256', text)) }, headers);
    const { body } = await post(shop.url, persisted(hash('sha256', text)), headers);
    expect(body.errors?.[0]?.extensions?.code).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  it('cannot be slipped past in another place of the request', async () => {
    const { headers, ...given } = files({ mode: 'STRICT' });
    const shop = await open(given);
    const query = encodeURIComponent(text);
    const addresses = [
      `?query=${query}`,
      `?query=${query}&documentId=`,
      `?documentId=asked-1&documentId=x&query=${query}`,
      `?%71uery=${query}`,
      `?a#?query=${query}`,
      `?query[]=${query}`,
    ];
    for (const address of addresses) {
      const response = await fetch(`${shop.url}/graphql${address}`, { headers });
      expect([address, response.status]).toEqual([address, expect.toSatisfy((status) => status >= 400)]);
    }
    const answer = await post(`${shop.url}/graphql?query=${query}#`, { variables: {} }, headers);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    const batch = await post(shop.url, [{ query: text }], headers);
    expect(batch.body.errors?.[0]?.extensions?.code).toBe('BAD_REQUEST');
    expect(shop.calls).toEqual([]);
  });

  it.each([
    [{ documentId: 'asked-1' }, 'PERSISTED_QUERY_NOT_SUPPORTED'],
    [persisted(hash('sha1', rated)), 'PERSISTED_QUERY_NOT_SUPPORTED'],
  ])('is everything for whoever has no key: %o', async (body, code) => {
    const { files: given } = files();
    const shop = await open({ files: given });
    expect((await post(shop.url, body)).body.errors?.[0]?.extensions?.code).toBe(code);
  });

  it('is a mutation by GET, whoever registered it', async () => {
    const { headers, ...given } = files({ mode: 'STRICT' });
    const shop = await open(given);
    const response = await fetch(`${shop.url}/graphql?documentId=${hash('sha256', renamed)}`, { headers });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    expect(shop.calls).toEqual([]);
  });

  it('is the export in mode STRICT, unless the manifest says otherwise', async () => {
    const codeOf = async (terms: object) => {
      const { headers, ...given } = files(terms);
      const shop = await open(given);
      const response = await fetch(`${shop.url}/export/support.csv`, { headers });
      const { errors } = (await response.json()) as FormattedExecutionResult;
      return errors?.[0]?.extensions?.code;
    };
    expect(await codeOf({ mode: 'STRICT' })).toBe('OPERATION_NOT_REGISTERED');
    // The shop has nothing to export.
    expect(await codeOf({ mode: 'STRICT', export: true })).toBe('GRAPHQL_VALIDATION_FAILED');
  });
});

describe('an answer by GET', () => {
  const ask = (shop: Shop, id: string, headers: Record<string, string>) =>
    fetch(`${shop.url}/graphql?documentId=${id}`, { headers });

  it('may be kept, and is told by 304 to be still the same', async () => {
    const { headers, ...given } = files({ mode: 'STRICT', maxAge: 300 });
    const shop = await open(given);
    const first = await ask(shop, hash('sha1', rated), headers);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{43}"$/u);
    const told = {
      'cache-control': 'private, max-age=300, must-revalidate',
      vary: 'authorization, x-api-key, accept-language, accept',
      etag,
    };
    expect(Object.fromEntries(first.headers)).toMatchObject(told);
    for (const held of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const second = await ask(shop, hash('sha1', rated), { ...headers, 'if-none-match': held });
      expect([held, second.status, await second.text()]).toEqual([held, 304, '']);
      expect(Object.fromEntries(second.headers)).toMatchObject(told);
      expect(second.headers.get('content-type')).toBeNull();
    }
    const other = await ask(shop, hash('sha1', rated), { ...headers, 'if-none-match': '"other"' });
    expect([other.status, await other.json()]).toEqual([200, answers.rated]);
  });

  it('has another tag when it is another answer', async () => {
    const { headers, ...given } = files();
    const shop = await open(given);
    const get = (id: string) =>
      ask(shop, `${hash('sha256', named)}&variables=${encodeURIComponent(JSON.stringify({ id }))}`, headers);
    const tags = await Promise.all(['1', '2', '1'].map(async (id) => (await get(id)).headers.get('etag')));
    expect(tags[0]).toBe(tags[2]);
    expect(tags[0]).not.toBe(tags[1]);
  });

  it('is not kept when it has errors, was sent as text, or is nobody’s with a key', async () => {
    const { headers, ...given } = files({ operations: [{ id: 'boom', body: 'query Boom { boom }' }] });
    const shop = await open(given);
    const failed = await ask(shop, 'boom', { ...headers, 'if-none-match': '*' });
    expect([failed.status, failed.headers.get('etag'), failed.headers.get('cache-control')]).toEqual([
      200,
      null,
      'private, no-store',
    ]);
    for (const each of [headers, {}]) {
      const response = await fetch(`${shop.url}/graphql?query={whoami}`, { headers: each });
      expect([response.headers.get('etag'), response.headers.get('cache-control')]).toEqual([
        null,
        'private, no-store',
      ]);
    }
  });
});
