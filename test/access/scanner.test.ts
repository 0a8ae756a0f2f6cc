import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Shop, startShop } from '../gateway/startShop.ts';

/**
 * A gateway in production as a scanner meets it, which knows nothing but the address: the probes of graphql-cop and their
 * variations. Nothing is learned of the schema, of the code or of what runs, and nothing costs more than to be refused.
 */
let shop: Shop;
beforeAll(async () => {
  shop = await startShop({
    carrier: 'memory',
    env: { NODE_ENV: 'production', VIEWER_KEY: 'x'.repeat(32) },
  });
});
afterAll(() => shop.stop());

interface Probe {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

async function send(path: string, init: RequestInit = {}): Promise<Probe> {
  shop.calls.length = 0;
  const response = await fetch(shop.url + path, init);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const json = { 'content-type': 'application/json' };
const post = (body: unknown, headers: Record<string, string> = {}): Promise<Probe> =>
  send('/graphql', {
    method: 'POST',
    headers: { ...json, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const get = (query: string, more: Record<string, string> = {}): Promise<Probe> =>
  send(`/graphql?${new URLSearchParams({ query, ...more })}`);
const times = (count: number, part: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => part(index)).join(' ');

/** What would tell a scanner of names it does not know, of code, or of what runs here. */
const telling =
  /did you mean|node_modules|\.[jt]s:\d|stack|exception|mongodb:|apollo(?!-require-preflight)|graphiql|tracing|ftv1|<html/iu;

const codesIn = (text: string): unknown[] =>
  (JSON.parse(text) as { errors?: { extensions: { code: unknown } }[] }).errors?.map(
    ({ extensions }) => extensions.code,
  ) ?? [];

/** Nothing was answered, nothing was asked of a subgraph, and the refusal says nothing but why. */
function expectNothing({ status, text, headers }: Probe): void {
  expect(status).toBeGreaterThanOrEqual(400);
  expect(headers.get('content-type')).toMatch(/json/u);
  expect(text).not.toMatch(telling);
  expect(text).not.toContain('"data"');
  expect(codesIn(text).length).toBeGreaterThan(0);
  expect(codesIn(text)).not.toContain('INTERNAL_SERVER_ERROR');
  expect(shop.calls).toEqual([]);
}

const schema = '__schema { queryType { name } types { name fields { name } } }';

describe('introspection', () => {
  it.each([
    ['the schema', `{ ${schema} }`],
    ['under another name', `{ x: ${schema} }`],
    ['in a fragment', `{ ...A } fragment A on Query { ${schema} }`],
    ['in an inline fragment', `{ ... { ${schema} } }`],
    ['beside what may be asked', `{ whoami ${schema} }`],
    ['one type', '{ __type(name: "Query") { name fields { name } } }'],
    ['in circles', `{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }`],
    ['as a subgraph gives it', '{ _service { sdl } }'],
    ['of entities', '{ _entities(representations: []) { __typename } }'],
  ])('is not answered: %s', async (_, query) => {
    for (const probe of [await post({ query }), await get(query)]) {
      expectNothing(probe);
      expect(new Set(codesIn(probe.text))).toEqual(new Set(['GRAPHQL_VALIDATION_FAILED']));
    }
  });
});

describe('what is not there is not proposed', () => {
  it.each([
    ['a field', '{ whoam }', {}],
    ['an argument', '{ product(idd: "1") { id } }', {}],
    ['a type', '{ product(id: "1") { ... on Produc { id } } }', {}],
    ['a type of a variable', 'query ($f: Fliter) { products(filter: $f) { id } }', {}],
    ['a fragment', '{ product(id: "1") { ...Prod } } fragment Produ on Product { id }', {}],
    ['a directive', '{ whoami @includ(if: true) }', {}],
    ['a value of an enum', '{ products(order: CHEAPES) { id } }', {}],
    ['a field of an input', '{ products(filter: { dayz: [] }) { id } }', {}],
    [
      'a value of an enum in a variable',
      'query ($o: Order) { products(order: $o) { id } }',
      { o: 'CHEAPES' },
    ],
    [
      'a field of an input in a variable',
      'query ($f: Filter) { products(filter: $f) { id } }',
      { f: { dayz: [] } },
    ],
  ])('%s', async (_, query, variables) => {
    expectNothing(await post({ query, variables }));
  });
});

describe('overloading', () => {
  it.each([
    ['aliases', `{ ${times(101, (index) => `a${index}: __typename`)} }`, 'ALIASES_EXCEEDED'],
    [
      'aliases in fragments',
      `{ ${times(14, () => '...A')} } fragment A on Query { ${times(14, (index) => `a${index}: whoami`)} }`,
      'ALIASES_EXCEEDED',
    ],
    ['one field again and again', `{ ${times(500, () => '__typename')} }`, 'ROOT_FIELDS_EXCEEDED'],
    ['directives', `{ __typename ${'@aa'.repeat(10)} }`, 'DIRECTIVES_EXCEEDED'],
    ['directives that there are', `{ whoami ${'@include(if: true) '.repeat(10)} }`, 'DIRECTIVES_EXCEEDED'],
    ['depth', `{ product(id: "1") ${'{ related '.repeat(20)}{ id }${' }'.repeat(20)} }`, 'DEPTH_EXCEEDED'],
    [
      'lists in lists',
      `{ products ${'{ reviews { product '.repeat(4)}{ id }${' } }'.repeat(4)} }`,
      'COST_EXCEEDED',
    ],
    ['words', `{ ${'whoami '.repeat(4_100)} }`, 'TOKENS_EXCEEDED'],
    ['braces', '{a'.repeat(2_500), 'DEPTH_EXCEEDED|TOKENS_EXCEEDED'],
    ['braces that are closed', `${'{a'.repeat(1_300)}${'}'.repeat(1_300)}`, 'DEPTH_EXCEEDED'],
    [
      'lists that are closed',
      `{ shelf(ids: ${'['.repeat(1_900)}${']'.repeat(1_900)}) { id } }`,
      'DEPTH_EXCEEDED',
    ],
    ['brackets', `{ shelf(ids: ${'['.repeat(3_900)}`, 'DEPTH_EXCEEDED'],
    [
      'fragments in each other',
      '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'fragments that double',
      `{ ...F0 } ${times(60, (index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`)} fragment F60 on Query { whoami }`,
      'ROOT_FIELDS_EXCEEDED',
    ],
    ['variables', `query (${times(1_400, (index) => `$a${index}: ID`)}) { whoami }`, 'TOKENS_EXCEEDED'],
  ])('%s', async (_, query, code) => {
    const probe = await post({ query });
    expectNothing(probe);
    expect(codesIn(probe.text)).toContainEqual(expect.stringMatching(code));
    expect(codesIn(probe.text).length).toBeLessThan(10);
  });

  it('with mistakes is answered by a few of them', async () => {
    const { text } = await post({
      query: `{ ${times(15, () => 'product(id: "1") { nope }')} ${times(10, () => '...X')} }`,
    });
    expect(codesIn(text).length).toBeLessThanOrEqual(21);
  });
});

describe('other ways in', () => {
  const query = '{ whoami }';
  const mutation = 'mutation { rename(id: "1", name: "x") { id } }';
  const multipart =
    '--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{"query":"{ whoami }"}\r\n--x--';

  it.each<[string, () => Promise<Probe>]>([
    ['a batch of ten', () => post(Array.from({ length: 10 }, () => ({ query })))],
    ['a batch of one', () => post([{ query }])],
    ['a mutation by GET', () => get(mutation)],
    [
      'a mutation among queries by GET',
      () =>
        get(`query A { whoami } mutation B { rename(id: "1", name: "x") { id } }`, { operationName: 'B' }),
    ],
    [
      'a form',
      () =>
        post(`query=${encodeURIComponent(query)}`, { 'content-type': 'application/x-www-form-urlencoded' }),
    ],
    ['text', () => post({ query }, { 'content-type': 'text/plain' })],
    ['GraphQL as a body', () => post(query, { 'content-type': 'application/graphql' })],
    ['multipart', () => post(multipart, { 'content-type': 'multipart/form-data; boundary=x' })],
    [
      'a GET of another site',
      () => send(`/graphql?query=${query}`, { headers: { 'sec-fetch-site': 'cross-site' } }),
    ],
    ['a subscription', () => post({ query: 'subscription { whoami }' })],
    ['a deferred answer', () => post({ query: '{ ... @defer { whoami } }' })],
    ['no GraphQL', () => post({ query: '{ whoami' })],
    ['no JSON', () => post('{"query": "{ whoami }"')],
    ['a poisoned prototype', () => post('{"query": "{ whoami }", "__proto__": {"x": 1}}')],
    ['another method', () => send('/graphql', { method: 'DELETE' })],
    ['64 KB and more', () => post({ query: `${query} #${'x'.repeat(65_536)}` })],
  ])('are closed: %s', async (_, probe) => {
    expectNothing(await probe());
  });

  it('no query is remembered for later', async () => {
    const persistedQuery = { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') };
    for (const body of [{ query, extensions: { persistedQuery } }, { extensions: { persistedQuery } }]) {
      const { text } = await post(body);
      expect(codesIn(text)).toEqual(['PERSISTED_QUERY_NOT_SUPPORTED']);
      expect(shop.calls).toEqual([]);
    }
  });

  it.each([
    ...[
      '/',
      '/explorer',
      '/explorer/examples.json',
      '/graphiql',
      '/playground',
      '/altair',
      '/voyager',
      '/console',
    ],
    ...['/graphql/console', '/.env', '/package.json', '/schema/access.json'],
  ])('%s is no page', async (path) => {
    const { status, text } = await send(path, { headers: { accept: 'text/html,*/*' } });
    expect(text.replace(path, '')).not.toMatch(telling);
    expect([status, codesIn(text)]).toEqual([404, ['NOT_FOUND']]);
  });

  it('a browser that opens /graphql gets no page', async () => {
    const { headers, text } = await send('/graphql', { headers: { accept: 'text/html,*/*' } });
    expect(headers.get('content-type')).toMatch(/json/u);
    expect(text).not.toMatch(telling);
  });
});

describe('what is answered', () => {
  it('is answered to the public, whoever a header names', async () => {
    const { text } = await post({ query: '{ whoami }' }, { 'x-demo-viewer': 'role=ADMIN; unit=/BCA/' });
    expect(JSON.parse(text)).toEqual({ data: { whoami: 'public' } });
  });

  it.each(['apollo-federation-include-trace', 'x-apollo-tracing', 'apollo-query-plan-experimental'])(
    'comes without a trace (%s)',
    async (header) => {
      const { text, headers } = await post({ query: '{ whoami }' }, { [header]: 'ftv1' });
      expect(JSON.parse(text)).toEqual({ data: { whoami: 'public' } });
      expect([headers.get('server'), headers.get('x-powered-by')]).toEqual([null, null]);
    },
  );

  it.each(['{ boom }', '{ product(id: "1") { secret } }', '{ broken }'])(
    'says nothing of a fault inside: %s',
    async (query) => {
      const { text } = await post({ query });
      expect(codesIn(text)).toEqual(['INTERNAL_SERVER_ERROR']);
      expect(text).not.toMatch(telling);
    },
  );
});
