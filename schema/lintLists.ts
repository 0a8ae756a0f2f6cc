import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isLeafType,
  isListType,
  isObjectType,
  Kind,
  parse,
  valueFromASTUntyped,
} from 'graphql';

type Field = GraphQLField<unknown, unknown>;

/**
 * The estimate of what an operation costs is as good as what it knows of lists: each list of objects says how long it is
 * (`@listSize`, its own or that of the connection it lies in), or holds what costs nothing (`@cost(weight: 0)`). Gives
 * one sentence for each that does neither; a graph that says nothing of lists at all has none.
 */
export function lintLists(api: GraphQLSchema, supergraphSdl: string): string[] {
  const { sized, free } = declared(parse(supergraphSdl, { noLocation: true }));
  if (sized.size === 0) return [];
  const costsNothing = (type: GraphQLNamedType): boolean =>
    isLeafType(type) ||
    (free.has(type.name) && fieldsOf(type).every(({ type: given }) => costsNothing(getNamedType(given))));
  return Object.values(api.getTypeMap())
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) =>
      fieldsOf(type)
        .filter(({ name, type: given }) => isList(given) && !sized.has(`${type.name}.${name}`))
        .filter(({ type: given }) => !costsNothing(getNamedType(given)))
        .map(({ name }) => `${type.name}.${name} is a list and needs @listSize.`),
    );
}

const isList = (type: Field['type']): boolean => isListType(getNullableType(type));

const fieldsOf = (type: GraphQLNamedType): Field[] =>
  isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];

/** Which lists have a length, by coordinate, and which types cost nothing. */
function declared({ definitions }: DocumentNode): { sized: Set<string>; free: Set<string> } {
  const sized = new Set<string>();
  const free = new Set<string>();
  for (const node of definitions) {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    const type = node.name.value;
    if (argumentsOf(node.directives, 'cost')?.weight === 0) free.add(type);
    for (const field of node.fields ?? []) {
      const listSize = argumentsOf(field.directives, 'listSize');
      if (!listSize) continue;
      const inner = (listSize.sizedFields ?? []) as string[];
      if (inner.length === 0) sized.add(`${type}.${field.name.value}`);
      for (const name of inner) sized.add(`${typeNameOf(field.type)}.${name}`);
    }
  }
  return { sized, free };
}

const typeNameOf = (type: FieldDefinitionNode['type']): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : typeNameOf(type.type);

function argumentsOf(
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string,
): Record<string, unknown> | undefined {
  const directive = directives?.find((each) => each.name.value === name);
  return (
    directive &&
    Object.fromEntries(
      (directive.arguments ?? []).map((given) => [given.name.value, valueFromASTUntyped(given.value)]),
    )
  );
}
