import {
  buildASTSchema,
  type DefinitionNode,
  type DocumentNode,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLScalarType,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  isScalarType,
  Kind,
} from 'graphql';
import { scalars } from '../../schema/scalars.ts';
import type { Asked } from './asked.ts';
import type { Part } from './part.ts';
import { isShared, partsWith, type Road, roadOf } from './road.ts';

type Resolve = GraphQLFieldResolver<unknown, Asked>;

/**
 * Makes one executable schema of the graph's API schema and the subgraphs' own resolvers and loaders: a field is resolved
 * by the subgraph that gave its object, or by one that finds the object by its key, in the same execution. No plan, no
 * second query, no answer to be merged. Mutations are left out.
 */
export function singleSchema(api: DocumentNode, parts: readonly Part[]): GraphQLSchema {
  const schema = buildASTSchema(withoutMutations(api), { assumeValidSDL: true });
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    const scalar = (scalars as Readonly<Record<string, GraphQLScalarType>>)[type.name];
    if (isScalarType(type) && scalar) Object.assign(type, codeOf(scalar));
    if (isObjectType(type)) resolveType(type, schema, parts);
    if (isAbstractType(type)) {
      type.resolveType = (value, asked: Asked, info, abstract) => {
        const part = asked.originOf(value) ?? partsWith(parts, type.name)[0];
        const own = part?.schema.getType(type.name);
        if (!part || !isAbstractType(own)) return undefined;
        return own.resolveType?.(value, asked.contextOf(part), info, abstract) ?? value.__typename;
      };
    }
  }
  return schema;
}

const codeOf = ({ serialize, parseValue, parseLiteral }: GraphQLScalarType) => ({
  serialize,
  parseValue,
  parseLiteral,
});

const withoutMutations = ({ definitions, ...rest }: DocumentNode): DocumentNode => ({
  ...rest,
  definitions: definitions.flatMap((node): DefinitionNode[] => {
    if (node.kind === Kind.OBJECT_TYPE_DEFINITION && node.name.value === 'Mutation') return [];
    if (node.kind !== Kind.SCHEMA_DEFINITION) return [node];
    return [
      { ...node, operationTypes: node.operationTypes.filter(({ operation }) => operation === 'query') },
    ];
  }),
});

function resolveType(type: GraphQLObjectType, schema: GraphQLSchema, parts: readonly Part[]): void {
  const origins = partsWith(parts, type.name);
  const isRoot = type === schema.getQueryType();
  for (const field of Object.values(type.getFields())) {
    const shared = isShared(parts, schema, field);
    field.resolve = isRoot
      ? rootResolver(field, shared, parts)
      : resolver(type, field, shared, origins, parts);
  }
}

function rootResolver(
  field: GraphQLField<unknown, unknown>,
  shared: boolean,
  parts: readonly Part[],
): Resolve {
  const road = parts.map((part) => roadOf([], part, 'Query', field.name)).find(Boolean);
  if (!road) throw new Error(`No subgraph has Query.${field.name}.`);
  return (source, args, asked, info) => passOn(asked, road, source, args, info, shared);
}

function resolver(
  type: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  shared: boolean,
  origins: readonly Part[],
  parts: readonly Part[],
): Resolve {
  const roads = new Map(origins.map((origin) => [origin, roadOf(parts, origin, type.name, field.name)]));
  const [only] = origins;
  return (source, args, asked, info) => {
    const origin = origins.length === 1 ? only : asked.originOf(source);
    const road = origin && roads.get(origin);
    if (!road || !origin)
      throw new Error(`${type.name}.${field.name} cannot be come by from ${origin?.name}.`);
    if (!road.key) return passOn(asked, road, source, args, info, shared);
    const reference = () => referenceOf(type.name, road, origin, source, asked, info);
    return asked
      .find(road, source as object, reference, type.name)
      .then((found) => (found === null ? null : passOn(asked, road, found, args, info, shared)));
  };
}

function passOn(
  asked: Asked,
  road: Road,
  source: unknown,
  args: Readonly<Record<string, unknown>>,
  info: GraphQLResolveInfo,
  shared: boolean,
): unknown {
  const value = asked.call(road, source, args, info);
  return shared ? asked.from(road.part, value) : value;
}

async function referenceOf(
  type: string,
  { key }: Road,
  origin: Part,
  source: unknown,
  asked: Asked,
  info: GraphQLResolveInfo,
): Promise<object> {
  const values = await Promise.all(
    (key ?? []).map(async (fieldName) => {
      const road = roadOf([], origin, type, fieldName);
      return [fieldName, road && (await asked.call(road, source, {}, { ...info, fieldName }))] as const;
    }),
  );
  return { __typename: type, ...Object.fromEntries(values) };
}
