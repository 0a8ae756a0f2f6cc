import { createHash } from 'node:crypto';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { buildSchema, execute, type FormattedExecutionResult, GraphQLError, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Executor } from '../../gateway/access/guardedExecutor.ts';
import { plannedNames } from '../../gateway/execution/plannedNames.ts';
import { prepare } from '../../gateway/execution/prepare.ts';
import { openPlanner, type Planner } from '../../gateway/planner.ts';
import { createLog } from '../../server/log.ts';

/** A subgraph that needs something of another one by its key, and under an argument of its own choice. */
const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3",
  import: ["@key", "@requires", "@external", "@shareable"])`;
const sdl = {
  harbours: `${link}
    type Query { ships: [Ship!]!, things: [Thing!]! }
    union Thing = Ship | Buoy
    type Ship @key(fields: "id") { id: ID!, code: ID! @shareable, name: String!, weight: Int!, length(unit: String!): String, lost: String }
    type Buoy { id: ID!, name: String! }`,
  fees: `${link}
    type Query { debtors: [Ship!]! }
    type Ship @key(fields: "code", resolvable: false) @key(fields: "id") {
      id: ID!
      code: ID!
      weight: Int! @external
      length(unit: String!): String @external
      toll: Int @requires(fields: "weight")
      berth: String @requires(fields: "length(unit: \\"m\\")")
    }`,
} as const;
type Name = keyof typeof sdl;

const ship = (id: string) => ({ __typename: 'Ship', id, name: `Ship ${id}`, weight: 7 });
const resolvers: Record<Name, object> = {
  harbours: {
    Query: {
      ships: () => [ship('1')],
      things: () => [ship('1'), { __typename: 'Buoy', id: 'b', name: 'Red' }],
    },
    Ship: {
      __resolveReference: ({ id }: { id: string }) => ship(id),
      length: (_: object, { unit }: { unit: string }) => `9 ${unit}`,
      lost: () => {
        throw new GraphQLError('Sunk.', { extensions: { code: 'SUNK' } });
      },
    },
  },
  fees: {
    Query: { debtors: () => [{ id: '1', code: 'S1' }] },
    Ship: {
      // By its code alone it is not found.
      __resolveReference: (reference: { id?: string }) => (reference.id ? reference : null),
      toll: ({ weight }: { weight: number }) => weight * 2,
      berth: ({ length }: { length: string }) => `of ${length}`,
    },
  },
};

type SchemaInput = Extract<Parameters<typeof buildSubgraphSchema>[0], { typeDefs: unknown }>;

let planner: Planner;
beforeAll(async () => {
  const names = Object.keys(sdl) as Name[];
  const { supergraphSdl, errors } = composeServices(
    names.map((name) => ({ name, typeDefs: parse(sdl[name]), url: `http://127.0.0.1:1/${name}` })),
  );
  if (!supergraphSdl) throw new Error(errors?.join('\n'));
  const schemaOf = (name: Name) =>
    buildSubgraphSchema({ typeDefs: parse(sdl[name]), resolvers: resolvers[name] } as unknown as SchemaInput);
  const schemas = { harbours: schemaOf('harbours'), fees: schemaOf('fees') };
  planner = await openPlanner({
    sdl: supergraphSdl,
    takesDocuments: false,
    log: createLog('silent', 'harbour'),
    sourceOf:
      (name) =>
      async ({ query, variables }) =>
        JSON.parse(
          JSON.stringify(
            await execute({
              schema: schemas[name as Name],
              document: parse(query),
              variableValues: variables,
            }),
          ),
        ),
  });
});
afterAll(() => planner.stop());

async function answerTo(query: string, variables = {}): Promise<FormattedExecutionResult> {
  const request = {
    document: parse(query),
    queryHash: createHash('sha256').update(query).digest('hex'),
    request: { query, variables },
    context: { scope: {} },
  } as unknown as Parameters<Executor>[0];
  return JSON.parse(JSON.stringify(await planner.executor(request)));
}

describe('a name that the plan needs itself', () => {
  it.each<[string, string, object]>([
    ['for a key', '{ ships { id: name toll } }', { ships: [{ id: 'Ship 1', toll: 14 }] }],
    ['for what is required', '{ ships { weight: name toll } }', { ships: [{ weight: 'Ship 1', toll: 14 }] }],
    [
      'for a type',
      '{ ships { __typename: name id: __typename toll } }',
      { ships: [{ __typename: 'Ship 1', id: 'Ship', toll: 14 }] },
    ],
    [
      'for what is required with other arguments',
      '{ ships { length(unit: "ft") berth } }',
      { ships: [{ length: '9 ft', berth: 'of 9 m' }] },
    ],
    [
      'in a fragment, and the field itself under another',
      '{ ships { ...Named ship: id toll } } fragment Named on Ship { id: name }',
      { ships: [{ id: 'Ship 1', ship: '1', toll: 14 }] },
    ],
    [
      'on one of several types',
      '{ things { ... on Ship { id: name toll } ... on Buoy { id } } }',
      { things: [{ id: 'Ship 1', toll: 14 }, { id: 'b' }] },
    ],
    [
      'beside one that looks like the way out',
      '{ ships { id: name _as_id: weight toll } }',
      { ships: [{ id: 'Ship 1', _as_id: 7, toll: 14 }] },
    ],
  ])('may be given to another field: %s', async (_what, query, data) => {
    expect(await answerTo(query)).toEqual({ data });
  });

  it('stands in the path of an error as the client gave it', async () => {
    const { data, errors } = await answerTo('{ ships { id: lost toll } }');
    expect(data).toEqual({ ships: [{ id: null, toll: 14 }] });
    expect(errors?.map(({ message, path }) => [message, path])).toEqual([['Sunk.', ['ships', 0, 'id']]]);
  });
});

describe('what a field requires of another subgraph', () => {
  it('is brought back by a key that is resolved, and not by one that is only named', async () => {
    expect(await answerTo('{ debtors { name toll } }')).toEqual({
      data: { debtors: [{ name: 'Ship 1', toll: 14 }] },
    });
  });
});

describe('a plan that is empty', () => {
  const schema = buildSchema('type Query { ship: Ship, odd: Int } type Ship { id: ID! }');
  const prepared = (query: string) =>
    prepare({
      schema,
      document: parse(query),
      operationName: undefined,
      names: plannedNames(parse('type Query { ship: Int }')),
      plan: { kind: 'QueryPlan' },
    });

  it.each([
    '{ ship { id } }',
    '{ ... on Query { odd } }',
    'query ($no: Boolean!) { ship { id } odd @skip(if: $no) }',
  ])('answers nothing that is asked: %s', (query) => expect(() => prepared(query)).toThrow('No subgraph'));

  it.each([
    '{ __typename }',
    '{ odd @skip(if: true) }',
    'query ($no: Boolean!) { ... @include(if: $no) { odd } }',
  ])('will do for %s', (query) => expect(prepared(query).plan.node).toBeUndefined());
});
