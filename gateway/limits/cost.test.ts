import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { costModel } from './cost.ts';
import { weightsOf } from './weights.ts';

/** A bookshop that says everything that `@cost` and `@listSize` can say. */
const sdl = `
  directive @cost(weight: Int!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
  type Query {
    book(id: ID): Book
    heavy: Book @cost(weight: 7)
    books(first: Int! = 20, filter: Filter): Books
      @listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)
    byCode(codes: [ID!]!): [Book] @listSize(assumedSize: 100)
    sums(input: Sums! @cost(weight: 0)): Report @cost(weight: 0) @listSize(assumedSize: 200, sizedFields: ["rows"])
    media: [Media!] @listSize(assumedSize: 3)
    unsized: [Book!]
    search(text: String @cost(weight: 4)): Int
  }
  type Mutation { write(input: Write!): Book }
  input Filter { code: ID, any: [Filter!], secret: String @cost(weight: 3) }
  input Sums { first: Int! = 50, filter: Filter @cost(weight: 0) }
  input Write { rows: [Row!]! }
  input Row { title: String }
  type Books { nodes: [Book!]!, edges: [Edge!]!, totalCount: Int @cost(weight: 1) }
  type Edge @cost(weight: 0) { node: Book }
  interface Media { title: Text }
  type Book implements Media { id: ID, title: Text, stock: Int @cost(weight: 5), authors: [Person!]! @listSize(assumedSize: 2), next: Book, rank: Rank }
  type Film implements Media { title: Text, cast: [Person!]! @listSize(assumedSize: 10) }
  type Person { name: Text }
  type Text @cost(weight: 0) { vi: String }
  type Report { rows: [Row2!]! }
  type Row2 { count: Int }
  enum Rank @cost(weight: 2) { A B }
`;
const schema = buildSchema(sdl);
const costs = costModel(schema, weightsOf(parse(sdl)));

const valid = (query: string) => {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  return document;
};
const costOf = (query: string, variables = {}): number => costs.estimate(valid(query), variables).cost;

test.each([
  ['an object is 1, a scalar nothing', '{ book { id } }', 1],
  ['objects add up', '{ book { next { next { id } } } }', 3],
  ['a type that weighs nothing', '{ book { title { vi } } }', 1],
  ['a field with a weight of its own', '{ book { stock } heavy { id } }', 1 + 5 + 7],
  ['an enum with a weight', '{ book { rank } }', 3],
  ['a list is as long as it is taken to be', '{ book { authors { name { vi } } } }', 1 + 2],
  ['a list of which nothing is said', '{ unsized { id } }', 20],
  ['a page of the size that is asked', '{ books(first: 7) { nodes { id } } }', 1 + 7],
  ['a page of the size that it has unasked', '{ books { nodes { id } } }', 1 + 20],
  ['edges beside the nodes', '{ books(first: 7) { edges { node { id } } totalCount } }', 1 + 7 + 1],
  ['lists in lists multiply', '{ books(first: 7) { nodes { authors { name { vi } } } } }', 1 + 7 * 3],
  ['a page of nothing', '{ books(first: 0) { nodes { id } } }', 1],
  ['a page of less than nothing', '{ books(first: -9) { nodes { id } } }', 1],
  ['an item for each code', '{ byCode(codes: ["a", "b"]) { id } }', 2],
  ['a row of sums, as many as the input asks', '{ sums(input: { first: 500 }) { rows { count } } }', 500],
  ['a row of sums, as many as the input has unasked', '{ sums(input: {}) { rows { count } } }', 50],
  ['an argument with a weight', '{ search(text: "x") }', 4],
  ['an argument with a weight, left out', '{ search }', 0],
  ['an input object is 1', '{ books(first: 1, filter: { code: "a" }) { nodes { id } } }', 1 + 1 + 1],
  [
    'with what is in it',
    '{ books(first: 1, filter: { any: [{}, { secret: "x" }] }) { totalCount } }',
    1 + 1 + 3 + 3,
  ],
  [
    'a mutation is 10, with each row of its input',
    'mutation { write(input: { rows: [{}, {}] }) { id } }',
    10 + 3 + 1,
  ],
  ['an interface, whatever it holds', '{ media { title { vi } } }', 3],
  [
    'fragments add up',
    '{ media { ... on Book { stock } ... on Film { cast { name { vi } } } } }',
    3 * (1 + 5 + 10),
  ],
  [
    'a fragment sized by the field around',
    '{ books(first: 4) { ...B } } fragment B on Books { nodes { id } }',
    1 + 4,
  ],
  ['a field under two names', '{ a: book { id } b: book { id } }', 2],
  ['what is skipped', '{ book @skip(if: true) { id } }', 0],
  ['what is not included, with all of a fragment', '{ ... @include(if: false) { book { id } } }', 0],
  ['introspection', '{ __schema { types { name } } __typename }', 0],
])('%s', (_, query, expected) => {
  expect(costOf(query)).toBe(expected);
});

test.each([
  ['given', { n: 3 }, 1 + 3],
  ['left out', {}, 1 + 9],
  ['of no use', { n: 'many' }, 1 + 20],
])('a variable that is %s', (_, variables, expected) => {
  expect(costOf('query ($n: Int! = 9) { books(first: $n) { nodes { id } } }', variables)).toBe(expected);
});

test('variables inside of lists and inputs, and in conditions', () => {
  const query = `query ($a: ID!, $f: Filter, $more: Boolean!) {
    byCode(codes: [$a, "b"]) { id }
    books(first: 2, filter: $f) { nodes { id next @include(if: $more) { id } } }
  }`;
  expect(costOf(query, { a: 'a', more: false })).toBe(2 + 1 + 2);
  expect(costOf(query, { a: 'a', more: true, f: { any: [{}, {}] } })).toBe(2 + 1 + 4 + 3);
});

test('what an answer has cost: lists as long as they were, nulls and other types nothing', () => {
  const document = valid(`{
    books { nodes { authors { name { vi } } next { id } } totalCount }
    media { ... on Book { stock } ... on Film { cast { name { vi } } } }
  }`);
  const data = {
    books: {
      nodes: [{ authors: [{ name: null }, { name: null }, { name: null }], next: null }],
      totalCount: 1,
    },
    media: [{ stock: 3 }, { cast: [] }],
  };
  expect(costs.actual(document, {}, null, data)).toBe(1 + 1 + 3 + 1 + (1 + 5) + 1);
});

test('the largest page that is asked, where it is larger than it is unasked', () => {
  const pageOf = (query: string) => costs.estimate(valid(query), {}).page;
  expect(pageOf('{ books { nodes { id } } byCode(codes: []) { id } }')).toBe(0);
  expect(pageOf('{ a: books(first: 30) { nodes { id } } b: books(first: 90) { nodes { id } } }')).toBe(90);
});

test('a document of several operations needs a name', () => {
  const document = parse('query A { book { id } } query B { search }');
  expect(costs.estimate(document, {}, 'A').cost).toBe(1);
  expect(() => costs.estimate(document, {})).toThrow('no such operation');
});
