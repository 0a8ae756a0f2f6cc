import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, type FormattedExecutionResult, type GraphQLSchema, parse, print } from 'graphql';
import type { UnauthorizedMode } from '../../gateway/access/guardedExecutor.ts';
import { memoryCarrier } from '../../gateway/carrier/memory.ts';
import { createGateway, type Gateway } from '../../gateway/gateway.ts';
import { noWeights } from '../../gateway/limits/weights.ts';
import { partAccess } from '../../schema/access.ts';
import { Deadline } from '../../server/deadline.ts';
import { createLog } from '../../server/log.ts';
import { createMetrics } from '../../server/metrics.ts';
import { publicViewer, type Viewer } from '../../server/viewer.ts';
import type { Ask } from '../../subgraphs/subgraph.ts';

/**
 * Two subgraphs of a library in which access is declared in every way that the Federation specification knows: on
 * fields, objects, scalars and enums, behind interfaces and unions, on entities of two subgraphs, on a mutation.
 */
const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@authenticated", "@requiresScopes", "@policy"])`;

const sdl = {
  catalogue: `${link}
    type Query {
      book(id: ID!): Book
      books: [Book]
      media: [Media]
      items: [Item]
      vault: Vault
      stock: Int @requiresScopes(scopes: [["stock"]])
      opens: String!
    }
    type Mutation {
      lend(id: ID!): Book
      discard(id: ID!): Book @requiresScopes(scopes: [["discard"]])
    }
    interface Media { id: ID!, title: String!, price: Int }
    type Book implements Media @key(fields: "id") {
      id: ID!, title: String!, isbn: Isbn, shelf: Shelf, author: Person
      price: Int @requiresScopes(scopes: [["price"]])
      notes(words: Int): String @requiresScopes(scopes: [["notes"], ["staff", "night"]])
    }
    type Film implements Media @key(fields: "id") {
      id: ID!, title: String!, price: Int
      rushes: String @policy(policies: [["archive"]])
    }
    type Vault @authenticated { id: ID!, code: String! }
    union Item = Book | Film | Vault
    scalar Isbn @authenticated
    enum Shelf @requiresScopes(scopes: [["shelf"]]) { LOW HIGH }
    type Person @key(fields: "id") { id: ID! }
  `,
  people: `${link}
    type Person @key(fields: "id") {
      id: ID!, name: String
      phone: String @requiresScopes(scopes: [["phone"]])
      letter: String! @policy(policies: [["post"], ["archive", "night"]])
      friends: [Person!]
    }
  `,
} as const;

type Name = keyof typeof sdl;

const book = (id: string) => ({
  ...{ __typename: 'Book', id, title: `Book ${id}`, isbn: `isbn ${id}`, shelf: 'LOW', price: 5 },
  notes: ({ words }: { words?: number }) => `Notes of ${words ?? 10} words`,
  author: { id: `p${id}` },
});
const film = (id: string) => ({ __typename: 'Film', id, title: `Film ${id}`, price: 9, rushes: 'rushes' });
const vault = { __typename: 'Vault', id: 'v', code: '1234' };
const typeOf = { __resolveType: ({ __typename }: { __typename: string }) => __typename };

const resolvers: Record<Name, object> = {
  catalogue: {
    Query: {
      book: (_: unknown, { id }: { id: string }) => (id === '0' ? null : book(id)),
      books: () => ['1', '2'].map(book),
      media: () => [book('1'), film('1')],
      items: () => [book('1'), film('1'), vault],
      vault: () => vault,
      stock: () => 42,
      opens: () => 'at eight',
    },
    Mutation: {
      lend: (_: unknown, { id }: { id: string }) => book(id),
      discard: (_: unknown, { id }: { id: string }) => book(id),
    },
    Media: typeOf,
    Item: typeOf,
  },
  people: {
    Person: {
      __resolveReference: (reference: object) => reference,
      name: ({ id }: { id: string }) => `Name of ${id}`,
      phone: ({ id }: { id: string }) => `Phone of ${id}`,
      letter: ({ id }: { id: string }) => `Letter to ${id}`,
      friends: ({ id }: { id: string }) => (id.length > 3 ? [] : [{ id: `${id}a` }, { id: `${id}b` }]),
    },
  },
};

type SchemaInput = Extract<Parameters<typeof buildSubgraphSchema>[0], { typeDefs: unknown }>;

export interface Library {
  /** What the subgraphs were asked, as the planner wrote it. */
  readonly asked: string[];
  readonly schema: GraphQLSchema;
  readonly ask: (
    query: string,
    viewer?: Partial<Viewer>,
    variables?: Readonly<Record<string, unknown>>,
  ) => Promise<FormattedExecutionResult>;
  readonly stop: Gateway['stop'];
}

/** Opens the library behind a gateway without a port. */
export async function openLibrary(unauthorized: UnauthorizedMode = 'FILTER'): Promise<Library> {
  const asked: string[] = [];
  const names = Object.keys(sdl) as Name[];
  const { supergraphSdl, errors } = composeServices(
    names.map((name) => ({ name, typeDefs: parse(sdl[name]), url: `http://127.0.0.1:1/${name}` })),
  );
  if (!supergraphSdl) throw new Error(errors?.join('\n'));
  const { supergraph, access } = partAccess(supergraphSdl);
  const gateway = await createGateway({
    supergraph: {
      sdl: supergraph,
      subgraphs: names.map((name) => ({ name, url: name })),
      recorded: new Set(),
      access,
      contracts: new Map(),
      weights: noWeights,
    },
    carrier: memoryCarrier(Object.fromEntries(names.map((name) => [name, { ask: doorOf(name, asked) }]))),
    scalars: {},
    faceOf: () => ({ contract: null, open: true }),
    unauthorized,
    fetchTimeoutMs: 10_000,
    limitsOf: () => null,
    maxTokens: 100_000,
    log: createLog('silent', 'library'),
    metrics: createMetrics(),
  });
  return {
    asked,
    schema: gateway.schema(null),
    ask: (query, viewer, variables = {}) =>
      gateway.ask(
        { query, variables },
        {
          requestId: 'r1',
          traceparent: '',
          address: '127.0.0.1',
          viewer: { ...publicViewer, ...viewer },
          deadline: new Deadline(60_000),
          client: { name: null, version: null },
          outcome: { operationName: null, operationType: null, codes: [] },
        },
      ),
    stop: gateway.stop,
  };
}

/** A subgraph that holds no rule: what it is asked must be right already. */
function doorOf(name: Name, asked: string[]) {
  const schema = buildSubgraphSchema({
    typeDefs: parse(sdl[name]),
    resolvers: resolvers[name],
  } as unknown as SchemaInput);
  return async ({ document, variables }: Pick<Ask, 'document' | 'variables'>) => {
    const parsed = typeof document === 'string' ? parse(document) : document;
    asked.push(`${name}: ${print(parsed).replace(/\s+/gu, ' ')}`);
    return (await execute({
      schema,
      document: parsed,
      variableValues: variables,
    })) as FormattedExecutionResult;
  };
}
