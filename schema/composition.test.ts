import { expect, test } from 'vitest';
import { CompositionFaults, compose } from './composition.ts';

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])';
const source = (name: string, sdl: string) => ({
  name,
  url: `http://127.0.0.1:1/${name}`,
  sdl: `${link}\n${sdl}`,
});

const faultsOf = (...sources: ReturnType<typeof source>[]): readonly string[] => {
  try {
    compose(sources);
    return [];
  } catch (error) {
    if (error instanceof CompositionFaults) return error.faults;
    throw error;
  }
};

const owner = source(
  'units',
  'type Query { "A unit." unit("Its id." id: ID!): Unit }\n"A unit." type Unit @key(fields: "id") { "Its id." id: ID! }',
);

test('what composes has no faults, and gives a supergraph and an API', () => {
  const { supergraph, api } = compose([owner]);
  expect(supergraph).toContain('join__Graph');
  expect(api).toContain('type Unit {');
  expect(api).not.toContain('@key');
});

test.each([
  [
    'an entity of another subgraph as non-null',
    '"An award." type Award @key(fields: "id") { "Its id." id: ID! "Whose." unit: Unit! } extend type Unit @key(fields: "id") { id: ID! }',
    'Award.unit refers to a foreign entity and must not be non-null.',
  ],
  [
    'a non-null entity inside a list',
    '"An award." type Award @key(fields: "id") { "Its id." id: ID! "Whose." units: [Unit!]! } extend type Unit @key(fields: "id") { id: ID! }',
    'Award.units refers to a foreign entity and must not be non-null.',
  ],
  [
    'a non-null field added to a foreign entity',
    'extend type Unit @key(fields: "id") { id: ID! "How many." awardCount: Int! }',
    'Unit.awardCount is added to a foreign entity and must be nullable.',
  ],
  [
    'a field without a description',
    '"An award." type Award @key(fields: "id") { "Its id." id: ID! title: String }',
    'Award.title has no description.',
  ],
  [
    'an argument without a description',
    'extend type Unit @key(fields: "id") { id: ID! "Awards." awards(first: Int): Int }',
    'Unit.awards(first:) has no description.',
  ],
  [
    'a nullable argument with a default',
    'extend type Unit @key(fields: "id") { id: ID! "Awards." awards("At most." first: Int = 20): Int }',
    'Unit.awards(first:) has a default but is nullable.',
  ],
])('refuses %s', (_, sdl, expected) => {
  const reach = sdl.includes('type Award ') ? '\ntype Query { "An award." award: Award }' : '';
  const faults = faultsOf(owner, source('awards', sdl + reach));
  expect(faults).toEqual([expect.stringContaining(expected)]);
});

test('refuses a root that would null the whole answer when its subgraph is dead', () => {
  const awards = source('awards', 'type Query { "How many awards." awardCount: Int! }');
  expect(faultsOf(owner, awards)).toEqual(['Query.awardCount is a root and must be nullable.']);
});

test.each([
  ['says nothing', '@deprecated', ['Query.old is deprecated and should say "Since ']],
  [
    'names no day',
    '@deprecated(reason: "Use campaign.")',
    ['Query.old is deprecated and should say "Since '],
  ],
  ['names both days', '@deprecated(reason: "Since 2026-12-01; use new. Sunset: 2027-06-30.")', []],
])('of a deprecation that %s', (_, deprecated, expected) => {
  const awards = source('awards', `type Query { "Old." old: Int ${deprecated} }`);
  expect(faultsOf(owner, awards)).toEqual(expected.map((text) => expect.stringContaining(text)));
});

test('lists every fault at once', () => {
  const wrong = source(
    'awards',
    'type Query { award: Award }\ntype Award @key(fields: "id") { id: ID! unit: Unit! } extend type Unit @key(fields: "id") { id: ID! count: Int! }',
  );
  expect(faultsOf(owner, wrong).length).toBeGreaterThanOrEqual(4);
});

test('names the subgraph whose SDL cannot be read', () => {
  expect(faultsOf(owner, source('awards', 'type Award {'))).toEqual([
    expect.stringContaining('[awards] Syntax Error'),
  ]);
});

test('an input field that one copy lacks is a fault, not a hint that nobody reads', () => {
  const one = source(
    'a',
    'type Query { "A." a("In." in: In): Int }\n"In." input In { "X." x: Int "Y." y: Int }',
  );
  const other = source('b', 'type Query { "B." b("In." in: In): Int }\n"In." input In { "X." x: Int }');
  expect(faultsOf(one, other)).toEqual([expect.stringContaining('"y" will not be added to "In"')]);
});

test.each([
  [
    'arguments beside the input',
    '(a: Int)',
    'a: Int',
    'a: Int',
    ['Mutation.give takes one argument, input.'],
  ],
  [
    'no key, no version, no userErrors',
    '(input: In!)',
    'id: ID!',
    'a: Int',
    [
      'In needs idempotencyKey: String!.',
      'In names a record and needs expectedVersion: Int!.',
      'Payload needs userErrors: [UserError!]!.',
    ],
  ],
  [
    'a root that may not be null',
    '(input: In!): Payload! #',
    'idempotencyKey: String!',
    'userErrors: [UserError!]!',
    ['Mutation.give is a root and must be nullable.'],
  ],
  [
    'nothing',
    '(input: In!)',
    'idempotencyKey: String! id: ID! expectedVersion: Int!',
    'userErrors: [UserError!]!',
    [],
  ],
])('of mutations refuses %s', (_, args, input, payload, expected) => {
  const described = (fields: string) => fields.replaceAll(/(\w+): /gu, '"A field." $1: ');
  const sdl = [
    `type Mutation { "Gives." give${args.replace(/(\w+): In!/u, '"In." $1: In!').replace('(a', '("A." a')}: Payload\n }`,
    `"In." input In { ${described(input)} }`,
    `"A payload." type Payload { ${described(payload)} }`,
    '"An error." type UserError { "The code." code: String! }',
  ].join('\n');
  const unused = (fault: string) => !/(?:UserError|In)\b.*unused/u.test(fault);
  expect(faultsOf(owner, source('awards', sdl)).filter(unused)).toEqual(expected);
});
