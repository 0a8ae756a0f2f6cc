import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post, type Shop, startShop } from './startShop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop({ carrier: 'memory' });
});
afterAll(() => shop.stop());

const nested = (levels: number): string => (levels === 1 ? '{ id }' : `{ related ${nested(levels - 1)} }`);
const deep = (levels: number): string => `{ product(id: "1") ${nested(levels - 1)} }`;
const aliased = (count: number): string =>
  `{ ${Array.from({ length: count }, (_, index) => `a${index}: product(id: "1") { id }`).join(' ')} }`;
const bomb = `query { product(id: "1") { ...A } }
  fragment A on Product { related { ...B } vendor { id } reviews { product { ...B } } }
  fragment B on Product { x: related { ...C } y: related { ...C } reviews { product { ...C } } }
  fragment C on Product { x: related { ...D } y: related { ...D } reviews { product { ...D } } }
  fragment D on Product { x: related { ...E } y: related { ...E } z: related { ...E } }
  fragment E on Product { a: id b: id c: id d: id e: id }`;

describe('what a client may ask', () => {
  it.each([
    ['no GraphQL', '{ product(', undefined, 'GRAPHQL_PARSE_FAILED', /Syntax Error/u],
    [
      'an unknown field',
      '{ produkt }',
      undefined,
      'GRAPHQL_VALIDATION_FAILED',
      /produkt.*Did you mean "product"/u,
    ],
    ['13 levels', deep(13), undefined, 'DEPTH_EXCEEDED', /13 fields deep; at most 12/u],
    ['31 aliases', aliased(31), undefined, 'ALIASES_EXCEEDED', /31 aliases; at most 30/u],
    ['aliases hidden in fragments', bomb, undefined, 'ALIASES_EXCEEDED', /aliases; at most 30/u],
    [
      'a fragment inside itself',
      '{ product(id: "1") { ...A } } fragment A on Product { related { ...A } }',
      undefined,
      'GRAPHQL_VALIDATION_FAILED',
      /Cannot spread fragment/u,
    ],
    ['too many words', `{ ${'whoami '.repeat(4_001)} }`, undefined, 'TOKENS_EXCEEDED', /4000 tokens/u],
    [
      'too many fields',
      `{ ${'whoami '.repeat(1_001)} }`,
      undefined,
      'FIELDS_EXCEEDED',
      /1001 fields; at most 1000/u,
    ],
    [
      'a bad literal',
      '{ products(since: "2021-8-1") { id } }',
      undefined,
      'BAD_USER_INPUT',
      /"since".*2021-8-1/u,
    ],
    [
      'a literal of the wrong kind',
      '{ products(since: 2021) { id } }',
      undefined,
      'BAD_USER_INPUT',
      /"since".*IntValue/u,
    ],
    [
      'a bad literal inside an input',
      '{ products(filter: { nested: { days: ["2021-08-15", "x"] } }) { id } }',
      undefined,
      'BAD_USER_INPUT',
      /"filter.nested.days".*"x"/u,
    ],
    [
      'a bad variable',
      'query ($since: Day) { products(since: $since) { id } }',
      { since: '15/8' },
      'BAD_USER_INPUT',
      /\$since.*15\/8/u,
    ],
    [
      'a bad variable inside an input',
      'query ($f: Filter) { products(filter: $f) { id } }',
      { f: { nested: { days: ['y'] } } },
      'BAD_USER_INPUT',
      /f\.nested\.days\[0\].*"y"/u,
    ],
    [
      'a variable of the wrong type',
      'query ($id: ID!) { product(id: $id) { id } }',
      { id: {} },
      'BAD_USER_INPUT',
      /\$id/u,
    ],
    [
      'a field that an input does not have, without repeating the others',
      'query ($f: Filter) { products(filter: $f) { id } }',
      { f: { days: ['2021-08-15'], secret: 'x}; y' } },
      'BAD_USER_INPUT',
      /^Variable "\$f" got invalid value \{…\}; Field "secret" is not defined by type "Filter"\.$/u,
    ],
    [
      'a missing variable',
      'query ($id: ID!) { product(id: $id) { id } }',
      {},
      'BAD_USER_INPUT',
      /\$id.*required/u,
    ],
  ])('refuses %s with a code, and fetches nothing', async (_what, query, variables, code, message) => {
    shop.calls.length = 0;
    const { status, body } = await shop.ask(query, variables, { 'x-request-id': 'r1' });
    expect(body.errors?.map((error) => error.extensions?.code)).toContain(code);
    const error = body.errors?.find((each) => each.extensions?.code === code);
    expect(error?.message).toMatch(message);
    expect(error?.extensions).toMatchObject({ requestId: 'r1', retryable: false });
    expect(body).not.toHaveProperty('data');
    expect(status).toBe(400);
    expect(shop.calls).toEqual([]);
  });

  it.each([
    ['12 levels', deep(12)],
    ['30 aliases', aliased(30)],
    ['a good day', '{ products(since: "2021-08-15", filter: { days: ["2021-08-15"] }) { id } }'],
    ['a null day', '{ products(since: null) { id } }'],
  ])('takes %s', async (_what, query) => {
    const { status, body } = await shop.ask(query);
    expect(body.errors).toBeUndefined();
    expect(status).toBe(200);
  });

  it('answers introspection however deep', async () => {
    const { getIntrospectionQuery } = await import('graphql');
    const { body } = await shop.ask(getIntrospectionQuery({ inputValueDeprecation: true }));
    expect(body.errors).toBeUndefined();
    expect(body.data).toHaveProperty('__schema.types');
  });

  it('asks for a name where a document holds two operations', async () => {
    const { status, body } = await shop.ask('query A { whoami } query B { whoami }');
    expect(body.errors?.[0]?.extensions?.code).toBe('OPERATION_RESOLUTION_FAILURE');
    expect(status).toBe(400);
  });
});

describe('what a request may be', () => {
  it.each([
    ['no JSON', '{"query": ', 400, 'BAD_REQUEST'],
    ['an empty object', '{}', 400, 'BAD_REQUEST'],
    ['a batch', '[{"query":"{whoami}"}]', 400, 'BAD_REQUEST'],
    ['a query that is no text', '{"query": 7}', 400, 'BAD_REQUEST'],
    ['variables that are text', '{"query": "{whoami}", "variables": "{}"}', 400, 'BAD_REQUEST'],
    ['a poisoned prototype', '{"query": "{whoami}", "__proto__": {"x": 1}}', 400, 'BAD_REQUEST'],
    [
      'a persisted query',
      '{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "x"}}}',
      200,
      'PERSISTED_QUERY_NOT_SUPPORTED',
    ],
    ['more than 64 KB', JSON.stringify({ query: `{ whoami } ${'#'.repeat(65_536)}` }), 413, 'BODY_TOO_LARGE'],
  ])('refuses %s', async (_what, text, status, code) => {
    const answer = await post(shop.url, text, { 'x-request-id': 'r2' });
    const params = code === 'BODY_TOO_LARGE' ? { params: { limit: 65_536 } } : {};
    expect(answer.body.errors).toEqual([
      { message: expect.any(String), extensions: { code, requestId: 'r2', retryable: false, ...params } },
    ]);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json; charset=utf-8/u);
  });

  const sized = (kilobytes: number) =>
    JSON.stringify({ query: '{ whoami }', pad: '#'.repeat(kilobytes * 1024) });
  const officer = { 'x-demo-viewer': 'role=OFFICER; unit=/BCA/' };

  it.each([
    ['100 KB of an officer, who records many rows at once', sized(100), officer, 200],
    ['300 KB of an officer', sized(300), officer, 413],
    ['100 KB of the ministry', sized(100), {}, 413],
    ['100 KB without a length', new Blob([sized(100)]).stream(), {}, 413],
  ])('answers %s', async (_what, body, headers, status) => {
    const answer = await fetch(`${shop.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      duplex: 'half',
    } as RequestInit);
    expect(answer.status).toBe(status);
    await answer.text();
  });

  it.each([
    ['a form', 'application/x-www-form-urlencoded', 'query={whoami}', 415],
    ['plain text', 'text/plain', '{"query":"{whoami}"}', 415],
    ['multipart', 'multipart/form-data; boundary=x', '--x--', 415],
  ])('refuses %s, which a page of another site can send unasked', async (_what, type, text, status) => {
    const answer = await post(shop.url, text, { 'content-type': type });
    expect(answer.body.errors?.[0]?.extensions?.code).toBe('BAD_REQUEST');
    expect(answer.status).toBe(status);
  });

  const get = (query: string, headers: Record<string, string> = {}) =>
    fetch(`${shop.url}/graphql?${new URLSearchParams({ query })}`, { headers });

  it('takes queries by GET, and tells mutations to use POST', async () => {
    expect(await (await get('{ whoami }')).json()).toEqual({ data: { whoami: 'demo-ministry' } });
    const mutation = await get('mutation { rename(id: "1", name: "x") { id } }');
    expect(mutation.status).toBe(405);
    expect(mutation.headers.get('allow')).toBe('POST');
    expect(await mutation.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });

  it.each([
    ['cross-site', {}, 400],
    ['same-site', {}, 400],
    ['cross-site', { 'apollo-require-preflight': '1' }, 200],
    ['same-origin', {}, 200],
    ['none', {}, 200],
  ])('answers a GET that a browser calls %s (%o) with %i', async (site, headers, status) => {
    const response = await get('{ whoami }', { 'sec-fetch-site': site, ...headers });
    expect(response.status).toBe(status);
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('refuses %s and names what is allowed', async (method) => {
    const response = await fetch(`${shop.url}/graphql`, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST']);
  });

  it('answers a path that is not there as JSON', async () => {
    const response = await fetch(`${shop.url}/grapql?x=1`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      errors: [{ message: 'There is nothing at /grapql.', extensions: { code: 'NOT_FOUND' } }],
    });
  });

  const raw = (bytes: string): Promise<string> =>
    new Promise((resolve, reject) => {
      let answer = '';
      const socket = connect(Number(new URL(shop.url).port), '127.0.0.1', () => socket.write(bytes));
      socket.on('data', (chunk) => {
        answer += String(chunk);
      });
      socket.on('error', reject);
      socket.on('close', () => resolve(answer));
    });

  it.each([
    ['bytes that are no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n\r\n', 400, 'BAD_REQUEST'],
    [
      'an endless address',
      `GET /graphql?query=${'x'.repeat(20_000)} HTTP/1.1\r\n\r\n`,
      431,
      'BODY_TOO_LARGE',
    ],
  ])('answers %s', async (_what, bytes, status, code) => {
    const answer = await raw(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `, 'u'));
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({
      errors: [{ extensions: { code } }],
    });
  });

  it('refuses, before it runs anything, an accept header it cannot serve', async () => {
    const answer = await post(shop.url, { query: '{ whoami }' }, { accept: 'text/csv' });
    expect(answer.status).toBe(406);
    expect(answer.body.errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_REQUEST',
      requestId: expect.any(String),
    });
  });
});
