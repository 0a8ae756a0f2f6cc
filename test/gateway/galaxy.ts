import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, type FormattedExecutionResult, type GraphQLSchema, parse } from 'graphql';

/**
 * Subgraphs in which a plan needs all that a plan can have: keys, `@requires`, `@provides`, an `@interfaceObject`,
 * interfaces and unions whose types disagree about a field, lists in lists, value types of two subgraphs, null where
 * it may not be.
 */
const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3",
  import: ["@key", "@requires", "@external", "@provides", "@shareable", "@interfaceObject"])`;

const sdl = {
  stars: `${link}
    type Query { star(id: ID!): Star, stars: [Star!]!, bodies: [Body], found: [Found!], grid: [[Planet]] }
    interface Body @key(fields: "id") { id: ID!, name: String! }
    type Star implements Body @key(fields: "id") { id: ID!, name: String!, kind: Kind, planets: [Planet!], size: Size @shareable, mass: Int! }
    type Planet implements Body @key(fields: "id") { id: ID!, name: String!, star: Star, rings: Boolean, width: Float @shareable, mass: String }
    union Found = Star | Planet
    enum Kind { DWARF GIANT }
    type Size @shareable { radius: Float, unit: String! }
  `,
  weights: `${link}
    type Query { heaviest: [Planet!] @provides(fields: "width") }
    type Planet @key(fields: "id") { id: ID!, width: Float @external, weight: Int @requires(fields: "width"), moons: [Moon] }
    type Moon @key(fields: "id") { id: ID!, planet: Planet!, size: Size }
    type Star @key(fields: "id") { id: ID!, weight: Int!, size: Size @shareable }
    type Size @shareable { radius: Float, unit: String! }
  `,
  guide: `${link}
    type Query { tale: Tale }
    type Moon @key(fields: "id") { id: ID!, myth: String, tales: [Tale!] }
    type Tale { text: String!, about: [Star] }
    type Star @key(fields: "id") { id: ID!, tale: Tale! }
  `,
  // One that knows only the interface, which Apollo's executor takes for the type of its objects.
  atlas: `${link}
    type Query { starred: [Body!] }
    type Body @key(fields: "id") @interfaceObject { id: ID!, pages: Int, notes: [Note!]! }
    type Note { text: String!, about: Body }
  `,
} as const;

export type Name = keyof typeof sdl;
const names = Object.keys(sdl) as Name[];

const star = (id: string) => ({
  ...{ __typename: 'Star', id, name: `Star ${id}`, kind: 'GIANT', mass: 7 },
  planets: () => [planet(`${id}a`), planet(`${id}b`)],
  size: { radius: 1.5, unit: 'km' },
});
const planet = (id: string) => ({
  ...{ __typename: 'Planet', id, name: `Planet ${id}`, rings: id.endsWith('a'), width: 2.5, mass: 'much' },
  star: () => star('1'),
});
const moon = (id: string) => ({ id, planet: { id: '1a', width: 2.5 }, size: { radius: 0.5, unit: 'm' } });
const typeOf = { __resolveType: ({ __typename }: { __typename: string }) => __typename };

const resolvers: Record<Name, object> = {
  stars: {
    Query: {
      star: (_: unknown, { id }: { id: string }) => star(id),
      stars: () => [star('1'), star('2')],
      bodies: () => [star('1'), null, planet('1b')],
      found: () => [planet('1a'), star('2')],
      grid: () => [[planet('1a'), null], [], [planet('2b')]],
    },
    Star: { __resolveReference: ({ id }: { id: string }) => star(id) },
    Planet: { __resolveReference: ({ id }: { id: string }) => planet(id) },
    Body: {
      ...typeOf,
      __resolveReference: ({ id }: { id: string }) => (id.length > 1 ? planet(id) : star(id)),
    },
    Found: typeOf,
  },
  weights: {
    Query: { heaviest: () => [{ id: '1a', width: 2.5 }] },
    Planet: {
      __resolveReference: (reference: object) => reference,
      weight: ({ width }: { width?: number }) => (width === undefined ? null : Math.round(width * 10)),
      moons: ({ id }: { id: string }) => [moon(`${id}m`), null],
    },
    Star: { weight: () => 99, size: () => ({ radius: 1.5, unit: 'km' }) },
    Moon: { __resolveReference: ({ id }: { id: string }) => moon(id) },
  },
  guide: {
    Query: { tale: () => ({ text: 'Of old', about: [{ id: '1' }, null] }) },
    Moon: {
      myth: ({ id }: { id: string }) => `Myth of ${id}`,
      tales: ({ id }: { id: string }) => [{ text: `Tale of ${id}`, about: [{ id: '2' }] }],
    },
    Star: { tale: ({ id }: { id: string }) => ({ text: `Tale of ${id}`, about: null }) },
  },
  atlas: {
    Query: { starred: () => [{ id: '1' }, { id: '2a' }] },
    Body: {
      pages: ({ id }: { id: string }) => id.length,
      notes: ({ id }: { id: string }) => [{ text: `On ${id}`, about: { id: '2' } }],
    },
  },
};

type SchemaInput = Extract<Parameters<typeof buildSubgraphSchema>[0], { typeDefs: unknown }>;

/** Composes some of the galaxy. */
export function composeGalaxy(some: readonly Name[]): string {
  const services = some.map((name) => ({
    name,
    typeDefs: parse(sdl[name]),
    url: `http://127.0.0.1:1/${name}`,
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(errors?.join('\n'));
  return supergraphSdl;
}

const schemas = new Map<string, GraphQLSchema>(
  names.map((name) => [
    name,
    buildSubgraphSchema({
      typeDefs: parse(sdl[name]),
      resolvers: resolvers[name],
    } as unknown as SchemaInput),
  ]),
);

/** Asks a subgraph of the galaxy; the answer is made of objects of its own. */
export async function askGalaxy(
  name: string,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<FormattedExecutionResult> {
  const schema = schemas.get(name);
  if (!schema) throw new Error(`There is no ${name}.`);
  const answer = await execute({ schema, document: parse(query), variableValues: variables });
  return JSON.parse(JSON.stringify(answer)) as FormattedExecutionResult;
}
