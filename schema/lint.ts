import {
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  getNamedType,
  type InputValueDefinitionNode,
  isInputObjectType,
  isNonNullType,
  isObjectType,
  Kind,
  type ObjectTypeExtensionNode,
  parse,
  type TypeNode,
} from 'graphql';
import { elementsOf } from './elements.ts';
import { undatedDeprecations } from './lintDeprecations.ts';
import type { Source } from './sources.ts';

/** The rules of the graph that composition does not know, read off the whole; gives one sentence for each breach. */
export const lintApi = (api: GraphQLSchema): string[] => [
  ...undescribed(api),
  ...nullableDefaults(api),
  ...nonNullRoots(api),
  ...unlikeMutations(api),
  ...undatedDeprecations(api),
];

/** The rules that can be read off the subgraphs' own SDL, whether they compose or not. */
export const lintSources = (sources: readonly Source[]): string[] =>
  sources.flatMap((source) => foreignNonNull(source.name, parse(source.sdl)));

const ofOurs = (api: GraphQLSchema) =>
  Object.values(api.getTypeMap()).filter(({ name }) => !name.startsWith('__') && !builtIn.has(name));
const roots = new Set(['Query', 'Mutation']);
const builtIn = new Set(['String', 'Int', 'Float', 'Boolean', 'ID']);

/** The schema is the product's face: everything in it is described for someone who will never see the code. */
function undescribed(api: GraphQLSchema): string[] {
  const roots = [api.getQueryType(), api.getMutationType()];
  const types = ofOurs(api).filter((type) => !roots.some((root) => root === type));
  return [...types.map((type) => [type.name, type] as const), ...elementsOf(api)]
    .filter(([, { description }]) => !description?.trim())
    .map(([coordinate]) => `${coordinate} has no description.`);
}

/**
 * API.md, rule 1, for the types that all subgraphs share: a root that may not be null takes the whole answer with it when
 * its subgraph is dead, the roots of living subgraphs beside it too, and with a mutation what was already done.
 */
const nonNullRoots = (api: GraphQLSchema): string[] =>
  [api.getQueryType(), api.getMutationType()].flatMap((root) =>
    Object.values(root?.getFields() ?? {})
      .filter((field) => isNonNullType(field.type))
      .map((field) => `${root?.name}.${field.name} is a root and must be nullable.`),
  );

/**
 * All mutations are alike (docs/writing.md): one `input` with an idempotencyKey, on an existing record an expectedVersion
 * beside its id, and a payload that says in userErrors why nothing was done.
 */
const unlikeMutations = (api: GraphQLSchema): string[] =>
  Object.values(api.getMutationType()?.getFields() ?? {}).flatMap(({ name, args, type }) => {
    const input = getNamedType(args[0]?.type);
    const payload = getNamedType(type);
    if (args.length !== 1 || args[0]?.name !== 'input' || !isInputObjectType(input))
      return [`Mutation.${name} takes one argument, input.`];
    const fields = input.getFields();
    const given = (field: string) => String(fields[field]?.type ?? 'nothing');
    return [
      ...(given('idempotencyKey') === 'String!' ? [] : [`${input.name} needs idempotencyKey: String!.`]),
      ...(fields.id && given('expectedVersion') !== 'Int!'
        ? [`${input.name} names a record and needs expectedVersion: Int!.`]
        : []),
      ...(isObjectType(payload) && String(payload.getFields().userErrors?.type) === '[UserError!]!'
        ? []
        : [`${payload.name} needs userErrors: [UserError!]!.`]),
    ];
  });

/** API.md, rule 5: a nullable argument with a default lets an explicit null through. */
function nullableDefaults(api: GraphQLSchema): string[] {
  const wrong: string[] = [];
  for (const type of ofOurs(api)) {
    const inputs = isInputObjectType(type)
      ? Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, field] as const)
      : isObjectType(type)
        ? Object.values(type.getFields()).flatMap((field) =>
            field.args.map(
              (argument) => [`${type.name}.${field.name}(${argument.name}:)`, argument] as const,
            ),
          )
        : [];
    for (const [coordinate, { type: inputType, defaultValue }] of inputs) {
      if (defaultValue !== undefined && !isNonNullType(inputType))
        wrong.push(`${coordinate} has a default but is nullable.`);
    }
  }
  return wrong;
}

/**
 * API.md, rule 1: nothing foreign is non-null, so that one dead subgraph nulls its own fields only. A subgraph writes
 * `extend type` for an entity that another owns; that is how the owner is known here.
 */
function foreignNonNull(subgraph: string, document: DocumentNode): string[] {
  const foreign = document.definitions.filter(
    (node): node is ObjectTypeExtensionNode =>
      node.kind === Kind.OBJECT_TYPE_EXTENSION && !roots.has(node.name.value),
  );
  const names = new Set(foreign.map(({ name }) => name.value));
  const added = foreign.flatMap((type) =>
    (type.fields ?? [])
      .filter((field) => field.type.kind === Kind.NON_NULL_TYPE && !isKeyOrShared(type, field))
      .map(
        (field) =>
          `[${subgraph}] ${type.name.value}.${field.name.value} is added to a foreign entity and must be nullable.`,
      ),
  );
  const referring = document.definitions.flatMap((node) => {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.OBJECT_TYPE_EXTENSION) return [];
    return (node.fields ?? [])
      .filter(({ type }) => isNonNullNamed(type, names))
      .map(
        (field) =>
          `[${subgraph}] ${node.name.value}.${field.name.value} refers to a foreign entity and must not be non-null.`,
      );
  });
  return [...added, ...referring];
}

/** Key fields are there whenever the entity is; they are the reference itself. */
const isKeyOrShared = (type: ObjectTypeExtensionNode, field: FieldDefinitionNode): boolean =>
  (type.directives ?? []).some(
    (directive) =>
      directive.name.value === 'key' &&
      (directive.arguments ?? []).some((argument) => namesField(argument.value, field)),
  ) || (field.directives ?? []).some(({ name }) => name.value === 'external');

const namesField = (
  value: NonNullable<InputValueDefinitionNode['defaultValue']>,
  field: FieldDefinitionNode,
): boolean => value.kind === Kind.STRING && value.value.split(/\s+/u).includes(field.name.value);

function isNonNullNamed(type: TypeNode, names: ReadonlySet<string>): boolean {
  if (type.kind === Kind.LIST_TYPE) return isNonNullNamed(type.type, names);
  if (type.kind !== Kind.NON_NULL_TYPE) return false;
  return type.type.kind === Kind.NAMED_TYPE
    ? names.has(type.type.name.value)
    : isNonNullNamed(type.type, names);
}
