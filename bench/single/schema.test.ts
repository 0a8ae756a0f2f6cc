import { buildSchema, execute, type GraphQLObjectType, type GraphQLSchema, parse } from 'graphql';
import { expect, test } from 'vitest';
import { publicViewer } from '../../server/viewer.ts';
import { Asked } from './asked.ts';
import type { Part } from './part.ts';
import { singleSchema } from './schema.ts';
import { selections } from './selections.ts';

const api = parse(
  'type Query { unit: Unit awards: [Award!]! } type Unit { id: ID! name: String awards: Int } type Award { unit: Unit }',
);

/** Knows units by their stored shape, and counts how often one is looked up by its id. */
function unitsPart(): Part & { readonly lookups: string[] } {
  const schema = buildSchema('type Query { unit: Unit } type Unit { id: ID! name: String }');
  resolve(schema, 'Query', 'unit', () => ({ _id: 'u1', name: 'Quảng Trị' }));
  resolve(schema, 'Unit', 'id', ({ _id }) => _id);
  const lookups: string[] = [];
  const resolveReference = (reference: object) => {
    const { id } = reference as { id: string };
    lookups.push(id);
    return Promise.resolve({ _id: id, name: `unit ${id}` });
  };
  return { ...part('units', schema), resolveReference: () => resolveReference, lookups };
}

/** Knows of a unit its id alone, and how many awards it has. */
function awardsPart(): Part {
  const schema = buildSchema(
    'type Query { awards: [Award!]! } type Award { unit: Unit } type Unit { id: ID! awards: Int }',
  );
  const unit = { id: 'u2' };
  resolve(schema, 'Query', 'awards', () => Promise.resolve([{ unit }, { unit }]));
  resolve(schema, 'Unit', 'awards', ({ id }) => (id === 'u1' ? 3 : 0));
  return part('awards', schema);
}

const part = (name: string, schema: GraphQLSchema): Part => ({
  name,
  schema,
  keys: new Map([['Unit', [['id']]]]),
  resolveReference: () => undefined,
  contextOf: () => ({}),
});

function resolve(
  schema: GraphQLSchema,
  type: string,
  field: string,
  resolver: (source: Record<string, unknown>) => unknown,
): void {
  const found = (schema.getType(type) as GraphQLObjectType).getFields()[field];
  if (found) found.resolve = resolver;
}

async function ask(query: string, parts: readonly Part[]) {
  const schema = singleSchema(api, parts);
  const document = parse(query);
  const asker = { viewer: publicViewer, requestId: 'test', now: new Date(0) };
  const contextValue = new Asked(asker, selections(schema, parts)(document));
  return JSON.parse(JSON.stringify(await execute({ schema, document, contextValue })));
}

test('a field is answered by the subgraph that has it, whoever gave the object', async () => {
  const units = unitsPart();
  const { data, errors } = await ask('{ unit { id name awards } awards { unit { id name } } }', [
    units,
    awardsPart(),
  ]);
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    unit: { id: 'u1', name: 'Quảng Trị', awards: 3 },
    awards: [{ unit: { id: 'u2', name: 'unit u2' } }, { unit: { id: 'u2', name: 'unit u2' } }],
  });
  expect(units.lookups).toEqual(['u2']);
});

test('a subgraph is asked for its own fields, and for the keys by which others go on', () => {
  const parts = [unitsPart(), awardsPart()] as const;
  const selectionOf = selections(singleSchema(api, parts), parts)(parse('{ awards { unit { name } } }'));
  expect(selectionOf(parts[0]).projection('Unit', {})).toEqual({ _id: 1, name: 1 });
  expect(selectionOf(parts[1]).asksOnly('Unit', ['id'])).toBe(true);
});
