import fc from 'fast-check';
import {
  execute,
  type FieldNode,
  isAbstractType,
  isObjectType,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Viewer } from '../../server/viewer.ts';
import { selectionOf } from '../harness/selection.ts';
import { type Library, openLibrary } from './library.ts';

let library: Library;
beforeAll(async () => {
  library = await openLibrary();
});
afterAll(() => library.stop());

/** The rules of the library once more, written by hand: may the viewer read this field of this object? */
const may: Readonly<Record<string, (viewer: Viewer) => boolean>> = {
  'Query.stock': ({ scopes }) => scopes.includes('stock'),
  'Book.price': ({ scopes }) => scopes.includes('price'),
  'Book.notes': ({ scopes }) =>
    scopes.includes('notes') || (scopes.includes('staff') && scopes.includes('night')),
  'Book.isbn': ({ role }) => role !== 'PUBLIC',
  'Book.shelf': ({ scopes }) => scopes.includes('shelf'),
  'Film.rushes': ({ policies = [] }) => policies.includes('archive'),
  'Query.vault': ({ role }) => role !== 'PUBLIC',
  'Vault.id': ({ role }) => role !== 'PUBLIC',
  'Vault.code': ({ role }) => role !== 'PUBLIC',
  'Person.phone': ({ scopes }) => scopes.includes('phone'),
  'Person.letter': ({ policies = [] }) =>
    policies.includes('post') || (policies.includes('archive') && policies.includes('night')),
};

const viewers: fc.Arbitrary<Viewer> = fc.record({
  subject: fc.constant('somebody'),
  role: fc.constantFrom('PUBLIC', 'OFFICER'),
  unitPath: fc.constant(null),
  scopes: fc.subarray(['stock', 'price', 'notes', 'staff', 'night', 'shelf', 'phone']),
  policies: fc.subarray(['archive', 'post', 'night']),
  locale: fc.constant('VI'),
});
const everything = {
  role: 'OFFICER',
  scopes: ['stock', 'price', 'notes', 'shelf', 'phone'],
  policies: ['archive', 'post'],
} as const;

/** Answers a query from the whole answer and the rules written by hand: what the gateway must give. */
async function expected(query: string, viewer: Viewer, variables: { yes: boolean }) {
  const { schema } = library;
  const whole = await library.ask(query, everything, variables);
  expect(whole.errors).toBeUndefined();
  const document = parse(query);
  const parents = new Map<FieldNode, string[]>();
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: {
        enter: (node) => {
          const parent = types.getParentType();
          const holders = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent];
          parents.set(
            node,
            holders.flatMap((each) => (isObjectType(each) ? [`${each.name}.${node.name.value}`] : [])),
          );
        },
      },
    }),
  );
  const { data } = await execute({
    schema,
    document,
    variableValues: variables,
    rootValue: whole.data,
    typeResolver: (value) => (value as { __typename: string }).__typename,
    fieldResolver: (source, _args, _context, { fieldNodes, path }) => {
      const coordinates = fieldNodes.flatMap((node) => parents.get(node) ?? []);
      if (coordinates.some((coordinate) => may[coordinate]?.(viewer) === false)) throw new Error('no');
      return (source as Record<string, unknown>)[path.key];
    },
  });
  return data;
}

it('no operation by no viewer answers more, or less, than the rules say', async () => {
  const query = library.schema.getQueryType();
  if (!query) throw new Error('no queries');
  await fc.assert(
    fc.asyncProperty(fc.gen(), viewers, fc.boolean(), async (g, viewer, yes) => {
      // The reader of the expectation wants to know the type of every object.
      const text =
        `query Q($yes: Boolean! = true) { used: __typename @include(if: $yes) ${selectionOf(library.schema, query, 4, g)} }`.replaceAll(
          '{ ',
          '{ __typename ',
        );
      const answer = await library.ask(text, viewer, { yes });
      expect(answer.data).toEqual(await expected(text, viewer, { yes }));
      for (const { extensions } of answer.errors ?? [])
        expect(extensions?.code).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    }),
    { numRuns: 300, seed: 20_210_815 },
  );
});
