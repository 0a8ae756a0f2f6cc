import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { testPartner } from './partner.ts';
import { post, type Shop, startShop } from './startShop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop({ carrier: 'memory' });
});
afterAll(() => shop.stop());
beforeEach(() => {
  shop.calls.length = 0;
});

const times = (count: number, part: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => part(index)).join(' ');
const nestedFilter = (levels: number): object => (levels === 1 ? {} : { nested: nestedFilter(levels - 1) });
const nestedLiteral = (levels: number): string =>
  levels === 1 ? '{}' : `{ nested: ${nestedLiteral(levels - 1)} }`;
const filtered = 'query ($f: Filter) { products(filter: $f) { id } }';
const days = (count: number) => ({ f: { days: Array.from({ length: count }, () => '2021-08-15') } });
const tree = (levels: number): string =>
  levels === 0 ? '{ id }' : `{ reviews { product ${tree(levels - 1)} } }`;

const cases: readonly (readonly [string, string, object | undefined, string, number, number])[] = [
  ['31 fields at the root', `{ ${times(31, () => 'whoami')} }`, undefined, 'ROOT_FIELDS_EXCEEDED', 31, 30],
  [
    'root fields in a fragment',
    `{ ...A ...A } fragment A on Query { ${times(16, () => 'whoami')} }`,
    undefined,
    'ROOT_FIELDS_EXCEEDED',
    32,
    30,
  ],
  [
    'a flood of __typename',
    `{ product(id: "1") { ${times(1_000, () => '__typename')} } }`,
    undefined,
    'FIELDS_EXCEEDED',
    1_001,
    1_000,
  ],
  [
    '__typename under many names',
    `{ product(id: "1") { ${times(31, (index) => `a${index}: __typename`)} } }`,
    undefined,
    'ALIASES_EXCEEDED',
    31,
    30,
  ],
  [
    '51 directives',
    `{ product(id: "1") { ${times(51, () => 'id @include(if: true)')} } }`,
    undefined,
    'DIRECTIVES_EXCEEDED',
    51,
    50,
  ],
  [
    'directives in fragments',
    `{ product(id: "1") { ...A ...A } } fragment A on Product { ${times(26, () => 'id @skip(if: false)')} }`,
    undefined,
    'DIRECTIVES_EXCEEDED',
    52,
    50,
  ],
  [
    '10 directives at one place',
    `{ __typename ${times(10, () => '@aa')} }`,
    undefined,
    'DIRECTIVES_EXCEEDED',
    10,
    4,
  ],
  [
    'directives of the operation',
    `query ${times(5, () => '@aa')} { whoami }`,
    undefined,
    'DIRECTIVES_EXCEEDED',
    5,
    4,
  ],
  [
    'a literal 13 deep',
    `{ products(filter: ${nestedLiteral(13)}) { id } }`,
    undefined,
    'INPUT_DEPTH_EXCEEDED',
    13,
    12,
  ],
  [
    'a literal 900 deep',
    `{ products(filter: ${nestedLiteral(900)}) { id } }`,
    undefined,
    'INPUT_DEPTH_EXCEEDED',
    900,
    12,
  ],
  ['a variable 13 deep', filtered, { f: nestedFilter(13) }, 'INPUT_DEPTH_EXCEEDED', 13, 12],
  ['a variable that nobody uses', '{ whoami }', { f: nestedFilter(13) }, 'INPUT_DEPTH_EXCEEDED', 13, 12],
  [
    'a literal list of 1,001',
    `{ shelf(ids: [${times(1_001, () => '1')}]) { id } }`,
    undefined,
    'LIST_LENGTH_EXCEEDED',
    1_001,
    1_000,
  ],
  ['a variable list of 1,001', filtered, days(1_001), 'LIST_LENGTH_EXCEEDED', 1_001, 1_000],
  [
    'a literal text of 20,001',
    `{ products(filter: { note: "${'x'.repeat(20_001)}" }) { id } }`,
    undefined,
    'STRING_LENGTH_EXCEEDED',
    20_001,
    20_000,
  ],
  [
    'a variable text of 20,001',
    filtered,
    { f: { note: 'x'.repeat(20_001) } },
    'STRING_LENGTH_EXCEEDED',
    20_001,
    20_000,
  ],
  ['lists in lists', `{ products ${tree(3)} }`, undefined, 'COST_EXCEEDED', 336_820, 5_000],
];

describe('one operation may ask so much', () => {
  it.each(cases)('and not %s', async (_, query, variables, code, was, limit) => {
    const { status, body } = await shop.ask(query, variables, { 'x-request-id': 'r1' });
    const error = body.errors?.find(({ extensions }) => extensions?.code === code);
    const params = code === 'COST_EXCEEDED' ? { limit, used: was, reset: null } : { was, limit };
    expect(error?.extensions).toEqual({ code, requestId: 'r1', retryable: false, params });
    expect(error?.message).toContain(`${was}`);
    expect(error?.message).toContain(`; at most ${limit} are allowed.`);
    expect([status, body.data, shop.calls]).toEqual([400, undefined, []]);
  });

  it('and not a variable that is deeper than calls may be', async () => {
    const deep = `${'{"nested":'.repeat(5_000)}{}${'}'.repeat(5_000)}`;
    const { body } = await post(shop.url, `{"query":${JSON.stringify(filtered)},"variables":{"f":${deep}}}`);
    expect(body.errors?.map(({ extensions }) => extensions?.params)).toEqual([{ was: 5_001, limit: 12 }]);
  });

  it('takes what is just within', async () => {
    const just = `query ($f: Filter) { ${times(29, () => 'whoami @include(if: true)')} products(filter: $f) { id } }`;
    const { body } = await shop.ask(just, {
      f: { ...days(1_000).f, nested: nestedFilter(11), note: 'x'.repeat(20_000) },
    });
    expect(body.errors).toBeUndefined();
  });

  it('is told as 200 to a client that follows the older rule', async () => {
    const [, query] = cases[0] ?? [];
    const { status } = await shop.ask(query ?? '', {}, { accept: 'application/json' });
    expect(status).toBe(200);
  });
});

describe('whoever asks from outside', () => {
  const outside = [{ 'x-demo-viewer': 'role=PUBLIC' }, { 'x-demo-viewer': 'role=PARTNER' }];
  const roots = `{ ${times(16, () => 'whoami')} }`;
  const costly = '{ products { reviews { product { reviews { id } } } } }';

  it.each(outside)('may ask less, also by a document that is known (%o)', async (headers) => {
    expect((await shop.ask(roots)).body.errors).toBeUndefined();
    const { body } = await shop.ask(roots, {}, headers);
    expect(body.errors?.map(({ extensions }) => extensions?.params)).toEqual([{ was: 16, limit: 15 }]);
  });

  it.each(outside)('may cost less (%o)', async (headers) => {
    expect((await shop.ask(costly)).body.errors).toBeDefined();
    const { body } = await shop.ask(costly, {}, headers);
    expect(body.errors?.map(({ extensions }) => extensions?.params)).toEqual([
      { limit: 1_000, used: 8_820, reset: null },
    ]);
  });
});

describe('extensions.cost', () => {
  const query = '{ products { id related { id } } }';

  it('says what an operation was taken to cost, what it has cost, and the limit', async () => {
    const { body } = await shop.ask(query, {}, { 'x-cost': '1' });
    expect(body.extensions).toEqual({ cost: { estimated: 40, actual: 6, limit: 5_000 } });
    const partner = await shop.ask(query, {}, { 'x-cost': '1', 'x-demo-viewer': 'role=PARTNER' });
    expect(partner.body.extensions).toEqual({ cost: { estimated: 40, actual: 6, limit: 1_000 } });
  });

  it('is there for what was refused for it, and only where it was asked for', async () => {
    const refused = await shop.ask(`{ products ${tree(3)} }`, {}, { 'x-cost': '1' });
    expect(refused.body.extensions).toEqual({ cost: { estimated: 336_820, actual: null, limit: 5_000 } });
    expect((await shop.ask(query)).body).not.toHaveProperty('extensions');
  });
});

describe('a graph that does not say how long its lists are', () => {
  const unsized = async (files: Readonly<Record<string, string>> = {}): Promise<Shop> => {
    const supergraph = (sdl: string) => sdl.replaceAll(/@listSize\(assumedSize: 20.*?\)/gu, '');
    const other = await startShop({ carrier: 'memory', supergraph, files });
    onTestFinished(() => other.stop());
    return other;
  };

  it('is not limited by a cost that would be a guess; other limits hold', async () => {
    const other = await unsized();
    const { status, body } = await other.ask(`{ products ${tree(3)} }`, {}, { 'x-cost': '1' });
    expect([status, body.errors]).toEqual([200, undefined]);
    expect(body.extensions).toEqual({ cost: { estimated: 336_820, actual: 21, limit: null } });
    const deep = await other.ask(`{ products ${tree(7)} }`);
    expect(deep.body.errors?.map(({ extensions }) => extensions?.code)).toEqual(['DEPTH_EXCEEDED']);
    expect(other.logs.map(({ msg }) => msg)).toContain(
      'the supergraph does not say how long its lists are (@listSize): what an operation costs is not limited',
    );
  });

  it('holds the cost that is agreed with a partner', async () => {
    const { manifest, headers } = testPartner({ cost: { perOperation: 30, perMinute: 1_000 } });
    const other = await unsized({ 'partners/bookshop.yaml': manifest });
    const { body } = await other.ask('{ products { related { id } } }', {}, headers);
    expect(body.errors?.map(({ extensions }) => extensions?.params)).toEqual([
      { limit: 30, used: 40, reset: null },
    ]);
  });
});
