import { setTimeout as sleep } from 'node:timers/promises';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  execute,
  type FormattedExecutionResult,
  GraphQLError,
  GraphQLScalarType,
  type GraphQLSchema,
  Kind,
  parse,
  validate,
} from 'graphql';
import { GraphError, mask } from '../../server/errors.ts';
import type { Viewer } from '../../server/viewer.ts';
import type { Ask, Door } from '../../subgraphs/subgraph.ts';

/**
 * Two small subgraphs of a shop: a graph that has nothing to do with ours, so that a gateway which answers it
 * knows nothing of our domain.
 */
const sdl = {
  products: `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@listSize"])
    scalar Day
    input Filter { since: Day, days: [Day!], nested: Filter, note: String }
    enum Order { CHEAPEST NEWEST }
    type Query {
      "One product."
      product(id: ID!): Product
      products(since: Day, filter: Filter, order: Order): [Product] @listSize(assumedSize: 20)
      shelf(ids: [ID!]!): [Product]
      boom: String
      refused: String
      oddCode: String
      broken: String!
      slow(ms: Int!): String
      whoami: String
      oldName(by: String @deprecated(reason: "Since 2026-06-01; use nothing.")): String
        @deprecated(reason: "Since 2026-12-01; use whoami. Sunset: 2027-06-30.")
    }
    type Mutation { rename(id: ID!, name: String!): Product }
    type Product @key(fields: "id") { id: ID!, name: String!, vendor: Vendor, related: Product }
    type Vendor @key(fields: "id") { id: ID! }
  `,
  reviews: `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
    type Product @key(fields: "id") { id: ID!, rating: Int, reviews: [Review!], secret: String }
    type Vendor @key(fields: "id") { id: ID!, trust: Int }
    type Review { id: ID!, text: String!, product: Product }
  `,
} as const;

export type ShopName = keyof typeof sdl;

/** The Day scalar as the shop's root hands it to the gateway. */
export const Day = new GraphQLScalarType({
  name: 'Day',
  parseValue: day,
  parseLiteral: (node) => day(node.kind === Kind.STRING ? node.value : node.kind),
});

function day(value: unknown): string {
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/u.test(value)) return value;
  throw new GraphQLError(`Day takes a day as YYYY-MM-DD; it was ${JSON.stringify(value)}.`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

const product = (id: string) => ({ id, name: `Product ${id}`, vendor: { id: `v${id}` } });
const secretPlace = 'mongodb://user:password@db.internal/shop';

export interface Call {
  readonly subgraph: string;
  readonly variables: Record<string, unknown>;
  readonly requestId: string;
  readonly viewer: Viewer;
}

interface ShopContext extends Ask {
  readonly calls: Call[];
}

const productsResolvers = {
  Query: {
    product: (_: unknown, { id }: { id: string }) => (id === '0' ? null : product(id)),
    products: () => ['1', '2', '3'].map(product),
    shelf: (_: unknown, { ids }: { ids: string[] }) => ids.map(product),
    boom: () => {
      throw new Error(`cannot connect to ${secretPlace}`);
    },
    refused: () => {
      throw new GraphError('OUT_OF_SUBTREE', 'That shelf is not yours.', { params: { shelf: 'A' } });
    },
    oddCode: () => {
      throw new GraphQLError('The till is closed.', {
        extensions: { code: 'TILL_CLOSED', retryable: true, host: 'till-7' },
      });
    },
    broken: () => null,
    slow: async (_: unknown, { ms }: { ms: number }) => {
      await sleep(ms);
      return 'at last';
    },
    oldName: () => 'Old Shop',
    whoami: (_: unknown, __: unknown, { viewer }: ShopContext) => viewer.subject,
  },
  Mutation: {
    rename: (_: unknown, { id, name }: { id: string; name: string }) => ({ ...product(id), name }),
  },
  Product: {
    __resolveReference: ({ id }: { id: string }) => product(id),
    related: ({ id }: { id: string }) => product(String(Number(id) + 1)),
  },
};

const reviewsResolvers = {
  Product: {
    __resolveReference: async ({ id }: { id: string }) => {
      if (id === '13') throw new GraphError('ENTITY_NOT_FOUND', 'There is no Product with the key 13.');
      return { id };
    },
    rating: ({ id }: { id: string }) => Number(id) * 10,
    reviews: ({ id }: { id: string }) => [{ id: `r${id}`, text: `About ${id}`, product: { id } }],
    secret: () => {
      throw new Error(`cannot connect to ${secretPlace}`);
    },
  },
  Vendor: { trust: ({ id }: { id: string }) => id.length },
};

type SchemaInput = Extract<Parameters<typeof buildSubgraphSchema>[0], { typeDefs: unknown }>;

const schemaOf = (name: ShopName): GraphQLSchema =>
  buildSubgraphSchema({
    typeDefs: parse(sdl[name]),
    resolvers: name === 'products' ? productsResolvers : reviewsResolvers,
  } as unknown as SchemaInput);

export type ShopDoor = Pick<Door, 'name' | 'schema' | 'ask' | 'notReady' | 'events' | 'status'>;

/** Opens the door of one of the shop's subgraphs; every ask is written down. */
export function openShop(name: ShopName, calls: Call[]): ShopDoor {
  const schema = schemaOf(name);
  const ask = async (request: Ask): Promise<FormattedExecutionResult> => {
    const { variables, viewer, requestId } = request;
    calls.push({ subgraph: name, variables: structuredClone({ ...variables }), requestId, viewer });
    const document = typeof request.document === 'string' ? parse(request.document) : request.document;
    const faults = validate(schema, document);
    if (faults.length > 0) throw faults[0];
    const { errors, ...rest } = await execute({
      schema,
      document,
      variableValues: variables,
      contextValue: { ...request, calls },
    });
    const formatted = errors?.map((error) =>
      // A code of the shop's own passes, as any foreign subgraph would let it.
      error.extensions.code === 'TILL_CLOSED'
        ? error.toJSON()
        : mask(error, { requestId, logUnexpected: () => {} }),
    );
    return formatted ? { ...rest, errors: formatted } : rest;
  };
  return {
    name,
    schema,
    ask,
    events: async () => [],
    status: async () => ({ pending: 0, lastSeq: 0, follows: [] }),
    notReady: async () => null,
  };
}

/** Composes the shop, each subgraph at its URL. */
export function composeShop(urls: Record<ShopName, string>): string {
  const { supergraphSdl, errors } = composeServices(
    (Object.keys(sdl) as ShopName[]).map((name) => ({ name, typeDefs: parse(sdl[name]), url: urls[name] })),
  );
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}
