import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Library, openLibrary } from './library.ts';

let library: Library;
beforeAll(async () => {
  library = await openLibrary();
});
afterAll(() => library.stop());
beforeEach(() => {
  library.asked.length = 0;
});

const officer = { subject: 'an', role: 'OFFICER' } as const;
const price = { scopes: ['price'] };
const forbidden = (params: object, ...path: (string | number)[]) => ({
  message: 'Unauthorized field or type',
  path,
  locations: expect.anything(),
  extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE', requestId: 'r1', retryable: false, params },
});

describe('a field that the viewer may not select', () => {
  it('is null, with the code and its path, and is asked of no subgraph', async () => {
    expect(await library.ask('{ book(id: "1") { title price } }')).toEqual({
      data: { book: { title: 'Book 1', price: null } },
      errors: [forbidden(price, 'book', 'price')],
    });
    expect(library.asked).toEqual(['catalogue: { book(id: 1) { title } }']);
  });

  it('is answered to whoever holds the scope', async () => {
    expect(await library.ask('{ book(id: "1") { price } }', { scopes: ['price'] })).toEqual({
      data: { book: { price: 5 } },
    });
  });

  it('has an error in each row of a list, and none in an empty one', async () => {
    const { errors } = await library.ask('{ books { price } }');
    expect(errors).toEqual([forbidden(price, 'books', 0, 'price'), forbidden(price, 'books', 1, 'price')]);
    expect(await library.ask('{ book(id: "0") { price } }')).toEqual({ data: { book: null } });
  });

  it('that may not be null takes its nearest nullable parent along', async () => {
    expect(await library.ask('{ book(id: "1") { title author { name letter } } }')).toEqual({
      data: { book: { title: 'Book 1', author: null } },
      errors: [forbidden({ policies: ['post', 'archive night'] }, 'book', 'author', 'letter')],
    });
  });

  it('of another subgraph spares that subgraph the fetch', async () => {
    const { data } = await library.ask('{ book(id: "1") { author { phone } } }');
    expect(data).toEqual({ book: { author: { phone: null } } });
    expect(library.asked.filter((text) => text.startsWith('people'))).toEqual([]);
  });

  it('that was the only root asks nobody', async () => {
    expect(await library.ask('{ stock }')).toEqual({
      data: { stock: null },
      errors: [forbidden({ scopes: ['stock'] }, 'stock')],
    });
    expect(library.asked).toEqual([]);
  });
});

describe('the ways to select a field', () => {
  it.each([
    ['an alias', '{ book(id: "1") { cost: price } }', ['book', 'cost']],
    ['an inline fragment', '{ book(id: "1") { ... { price } } }', ['book', 'price']],
    ['a fragment', '{ book(id: "1") { ...B } } fragment B on Book { price }', ['book', 'price']],
    [
      'a fragment in a fragment',
      '{ ...Q } fragment Q on Query { book(id: "1") { ...B } } fragment B on Book { price }',
      ['book', 'price'],
    ],
    ['@include that holds', '{ book(id: "1") { price @include(if: true) } }', ['book', 'price']],
    ['@skip that does not', '{ book(id: "1") { price @skip(if: false) } }', ['book', 'price']],
    ['an interface', '{ media { ... on Book { price } } }', ['media', 0, 'price']],
    ['a union', '{ items { ... on Film { rushes } } }', ['items', 1, 'rushes']],
    ['an argument', '{ book(id: "1") { notes(words: 3) } }', ['book', 'notes']],
  ])('%s does not help', async (_way, query, path) => {
    const { errors } = await library.ask(query);
    expect(errors?.map((error) => error.path)).toEqual([path]);
    expect(library.asked.join()).not.toMatch(/price|rushes|notes/u);
  });

  it('a selection that is skipped is no error', async () => {
    const query =
      'query Q($yes: Boolean!) { book(id: "1") { title price @skip(if: $yes) notes @include(if: false) } }';
    expect(await library.ask(query, {}, { yes: true })).toEqual({ data: { book: { title: 'Book 1' } } });
  });

  it('variables that only forbidden fields used are not needed any more', async () => {
    const query = 'query Q($words: Int, $id: ID!) { book(id: $id) { notes(words: $words) } }';
    const { data } = await library.ask(query, {}, { words: 3, id: '1' });
    expect(data).toEqual({ book: { notes: null } });
  });

  it('keep the order of what was asked, and __typename where it was asked', async () => {
    const { data } = await library.ask('{ media { price kind: __typename title } }', { scopes: ['price'] });
    expect(JSON.stringify(data)).toBe(
      '{"media":[{"price":5,"kind":"Book","title":"Book 1"},{"price":9,"kind":"Film","title":"Film 1"}]}',
    );
    const reduced = await library.ask('{ media { price kind: __typename title } }');
    expect(JSON.stringify(reduced.data)).toBe(
      '{"media":[{"price":null,"kind":"Book","title":"Book 1"},{"price":null,"kind":"Film","title":"Film 1"}]}',
    );
  });
});

describe('rules of a type', () => {
  it('hold for every field that gives it', async () => {
    const { data, errors } = await library.ask('{ vault { id } book(id: "1") { isbn shelf } opens }');
    expect(data).toEqual({ vault: null, book: { isbn: null, shelf: null }, opens: 'at eight' });
    expect(errors?.map(({ path }) => path?.join('.'))).toEqual(['vault', 'book.isbn', 'book.shelf']);
  });

  it('hold for its fields behind a union, whose other members stay', async () => {
    const query = '{ items { __typename ... on Vault { code } ... on Book { title } } }';
    expect((await library.ask(query)).data).toEqual({
      items: [{ __typename: 'Book', title: 'Book 1' }, { __typename: 'Film' }, null],
    });
    expect((await library.ask(query, officer)).data).toEqual({
      items: [
        { __typename: 'Book', title: 'Book 1' },
        { __typename: 'Film' },
        { __typename: 'Vault', code: '1234' },
      ],
    });
  });

  it('hold together with those of a field on an interface, for all types behind it', async () => {
    const { data } = await library.ask('{ media { title price ... on Film { own: price } } }');
    expect(data).toEqual({
      media: [
        { title: 'Book 1', price: null },
        { title: 'Film 1', price: null, own: 9 },
      ],
    });
  });
});

describe('what a rule asks', () => {
  const notes = '{ book(id: "1") { notes } }';
  it.each([
    ['one alternative', ['notes'], true],
    ['the other, whole', ['staff', 'night'], true],
    ['the other, half', ['staff'], false],
    ['none', [], false],
  ])('scopes: %s', async (_name, scopes, may) => {
    const { errors } = await library.ask(notes, { scopes });
    expect(errors === undefined).toBe(may);
  });

  it.each([
    [['post'], true],
    [['archive', 'night'], true],
    [['archive'], false],
    [undefined, false],
  ])('policies: %s', async (policies, may) => {
    const { errors } = await library.ask(
      '{ book(id: "1") { author { letter } } }',
      policies ? { policies } : {},
    );
    expect(errors === undefined).toBe(may);
  });

  it.each([
    ['scopes, of which one alternative is enough', notes, { scopes: ['notes', 'staff night'] }],
    ['an account', '{ vault { id } }', { account: true }],
    ['a scope of the type that it gives', '{ book(id: "1") { shelf } }', { scopes: ['shelf'] }],
    ['a policy', '{ film: media { ... on Film { rushes } } }', { policies: ['archive'] }],
  ])('is told: %s', async (_what, query, params) => {
    const { errors } = await library.ask(query);
    expect(errors?.map(({ extensions }) => extensions?.params)).toEqual([params]);
  });

  it('is told to each viewer of one document by itself', async () => {
    const query = '{ items { ... on Vault { code } } stock }';
    const told = async (viewer: Parameters<Library['ask']>[1]) =>
      (await library.ask(query, viewer)).errors?.map(({ extensions }) => extensions?.params);
    expect(await told({})).toEqual([{ account: true }, { scopes: ['stock'] }]);
    expect(await told(officer)).toEqual([{ scopes: ['stock'] }]);
  });

  it('an account: any role but the public', async () => {
    expect((await library.ask('{ vault { code } }', officer)).errors).toBeUndefined();
    expect((await library.ask('{ vault { code } }', { role: 'PARTNER' })).errors).toBeUndefined();
  });
});

describe('a mutation that the viewer may not make', () => {
  it('is not made; the others are', async () => {
    const { data, errors } = await library.ask('mutation { lend(id: "1") { id } discard(id: "2") { id } }');
    expect(data).toEqual({ lend: { id: '1' }, discard: null });
    expect(errors?.map(({ path }) => path)).toEqual([['discard']]);
    expect(library.asked.join()).not.toContain('discard');
  });
});

describe('plans of one document', () => {
  it('are not mixed up between viewers', async () => {
    const query = '{ book(id: "1") { title price notes } }';
    const titles = async (scopes: string[]) => (await library.ask(query, { scopes })).data?.book;
    expect(await titles([])).toEqual({ title: 'Book 1', price: null, notes: null });
    expect(await titles(['price'])).toEqual({ title: 'Book 1', price: 5, notes: null });
    expect(await titles(['price', 'notes'])).toEqual({
      title: 'Book 1',
      price: 5,
      notes: 'Notes of 10 words',
    });
    expect(await titles([])).toEqual({ title: 'Book 1', price: null, notes: null });
  });
});

it('a gateway that rejects answers nothing of an operation with a forbidden field', async () => {
  const strict = await openLibrary('REJECT');
  expect(await strict.ask('{ book(id: "1") { title price } }')).toEqual({
    errors: [
      {
        message: 'Unauthorized field or type',
        extensions: {
          ...{ code: 'UNAUTHORIZED_FIELD_OR_TYPE', requestId: 'r1', retryable: false },
          params: { scopes: ['price'] },
        },
      },
    ],
  });
  expect(strict.asked).toEqual([]);
  await strict.stop();
});
