import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { KnownOperations } from '../../server/knownOperations.ts';
import { post, type Shop, startShop } from './startShop.ts';

/**
 * An operation that was found valid is answered without Apollo Server's pipeline. Nobody may see by which of the two: each
 * request is sent twice, the second time with an `accept` that the gateway has not met and Apollo Server reads.
 */
let shop: Shop;
beforeAll(async () => {
  shop = await startShop({ carrier: 'memory' });
});
afterAll(() => shop.stop());
afterEach(() => {
  vi.restoreAllMocks();
});

const one = 'query One($id: ID!) { product(id: $id) { name rating } }';
const shelf = 'query Shelf($ids: [ID!]!) { shelf(ids: $ids) { name } }';
const days = 'query Days($filter: Filter) { products(filter: $filter) { id } }';
const two = 'query A { products { id } } query B { products { name } }';
const old = '{ oldName }';
const renaming = 'mutation Rename($id: ID!) { rename(id: $id, name: "New") { name } }';

interface Body {
  readonly query: string;
  readonly variables?: object | null;
  readonly operationName?: string | null;
  readonly extensions?: object | null;
}

const cases: [what: string, body: Body, headers?: Record<string, string>][] = [
  ['data', { query: one, variables: { id: '7' } }],
  ['null', { query: one, variables: { id: '0' } }],
  ['no variables', { query: one }],
  ['variables of another type', { query: one, variables: { id: { a: 1 } } }],
  [
    'variables and parameters that are null',
    { query: old, variables: null, operationName: null, extensions: null },
  ],
  ['one of several operations', { query: two, operationName: 'B' }],
  ['a mutation', { query: renaming, variables: { id: '7' } }],
  ['an error of a subgraph with its field', { query: '{ refused oddCode }' }],
  ['an unexpected error', { query: '{ boom }' }],
  ['no data at all', { query: '{ broken }' }],
  [
    'a reference to nothing',
    { query: shelf.replace('name', 'name rating'), variables: { ids: ['1', '13'] } },
  ],
  ['a list that is too long', { query: shelf, variables: { ids: Array.from({ length: 1_001 }, () => '1') } }],
  ['a value that is too deep', { query: days, variables: { filter: nested(9) } }],
  ['a scalar that says what it takes', { query: days, variables: { filter: { since: 'yesterday' } } }],
  ['something deprecated, said in the header', { query: old }],
  ['the cost, where it was asked for', { query: one, variables: { id: '7' } }, { 'x-cost': '1' }],
];

function nested(depth: number): object {
  return depth === 0 ? {} : { nested: nested(depth - 1) };
}

const JSON_ONLY = 'application/json';
const headOf = (headers: Headers) =>
  Object.fromEntries([...headers].filter(([name]) => !['date', 'keep-alive', 'connection'].includes(name)));

async function answer(body: Body, headers: Record<string, string>) {
  const answered = await post(shop.url, body, { 'x-request-id': 'r', ...headers });
  return { status: answered.status, headers: headOf(answered.headers), body: answered.body };
}

test.each(cases)('%s is the same, known or not', async (what, body, headers = {}) => {
  const known = vi.spyOn(KnownOperations.prototype, 'answer');
  const unseen = { ...headers, accept: `${JSON_ONLY}, x/${what.replaceAll(/\W/gu, '-')}` };
  const first = await answer(body, unseen);
  expect(known).not.toHaveBeenCalled();
  // Another answer of the same kind, for which the content type is kept.
  await answer({ query: '{ products { id } }' }, { accept: JSON_ONLY });
  expect(await answer(body, { ...headers, accept: JSON_ONLY })).toEqual(first);
  await expect(known.mock.results.at(-1)?.value).resolves.not.toBeNull();
});

test.each<[string, unknown]>([
  ['a text', 'query'],
  ['a list', [{ query: '{ products { id } }' }]],
  ['no query', { variables: {} }],
  ['variables that are a text', { query: one, variables: '{"id":"7"}' }],
  ['an operation name that is a number', { query: two, operationName: 1 }],
  ['extensions that are a list', { query: one, variables: { id: '7' }, extensions: [] }],
])('%s is refused, though the operation is known', async (_what, body) => {
  await answer({ query: one, variables: { id: '7' } }, { accept: JSON_ONLY });
  const { status, body: refusal } = await post(shop.url, JSON.stringify(body), { accept: JSON_ONLY });
  expect(status).toBe(400);
  expect(refusal).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
});
