import { buildSchema, parse } from 'graphql';
import { expect, test } from 'vitest';
import { type ProjectionMap, selectionOf } from './selection.ts';

const schema = buildSchema(`
  type Query { unit: Unit, recipient: Recipient, node: Node }
  interface Node { id: ID! }
  type Unit implements Node { id: ID!, code: String!, name: String, parent: Unit }
  type Person implements Node { id: ID!, rank: String }
  union Recipient = Unit | Person
`);
const select = (query: string) => selectionOf(parse(query), schema);
const map: ProjectionMap = {
  always: ['path'],
  fields: { name: ['names.vi', 'names.en'], parent: ['parentId'] },
};

test.each([
  ['a field reads its record field', '{ unit { code } }', ['_id', 'code', 'path']],
  [
    'a mapped field reads what stands behind it',
    '{ unit { name } }',
    ['_id', 'names.en', 'names.vi', 'path'],
  ],
  [
    'all selections of the type count',
    '{ unit { code parent { name } } }',
    ['_id', 'code', 'names.en', 'names.vi', 'parentId', 'path'],
  ],
  [
    'through fragments, unions and interfaces',
    '{ recipient { ...on Unit { code } } node { id ...F } } fragment F on Unit { parent { __typename } }',
    ['_id', 'code', 'parentId', 'path'],
  ],
])('%s', (_, query, paths) => {
  expect(Object.keys(select(query).projection('Unit', map)).toSorted()).toEqual(paths);
});

test('a parent path covers its children, which MongoDB would refuse beside it', () => {
  const both: ProjectionMap = { always: ['names'], fields: { name: ['names.vi'] } };
  expect(Object.keys(select('{ unit { name } }').projection('Unit', both)).toSorted()).toEqual([
    '_id',
    'names',
  ]);
});

test.each([
  ['{ unit { id code __typename } }', true],
  ['{ unit { id parent { code } } }', false],
  ['{ recipient { ...on Person { rank } } }', true],
])('%s asks only the id and code of units: %s', (query, only) => {
  expect(select(query).asksOnly('Unit', ['id', 'code'])).toBe(only);
});
