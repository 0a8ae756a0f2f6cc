import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  valueFromASTUntyped,
} from 'graphql';

/** What is known of the length of a list (`@listSize`); the names are the specification's. */
export interface ListSize {
  readonly assumedSize?: number | null;
  /** Arguments that say how many items are asked for. */
  readonly slicingArguments?: readonly string[] | null;
  /** The fields of the type given that are the lists, where the field itself is none: `nodes` of a connection. */
  readonly sizedFields?: readonly string[] | null;
}

/** What a supergraph says of costs, by schema coordinate (`Type`, `Type.field`, `Type.field(argument:)`, `Input.field`). */
export interface Weights {
  readonly costs: ReadonlyMap<string, number>;
  readonly lists: ReadonlyMap<string, ListSize>;
}

/** Of a graph that says nothing: what is given counts by its kind alone. */
export const noWeights: Weights = { costs: new Map(), lists: new Map() };

type Directed = { readonly directives?: readonly ConstDirectiveNode[] | undefined };

/**
 * Reads `@cost` and `@listSize` off a supergraph, which keeps them where composition merged the subgraphs'
 * (https://specs.apollo.dev/cost/v0.1; the API schema that a gateway makes of it has lost them).
 */
export function weightsOf(supergraph: DocumentNode): Weights {
  const costs = new Map<string, number>();
  const lists = new Map<string, ListSize>();
  const read = (coordinate: string, { directives = [] }: Directed) => {
    for (const directive of directives) {
      const given = argumentsOf(directive);
      if (directive.name.value === 'cost') costs.set(coordinate, Number(given.weight));
      if (directive.name.value === 'listSize') lists.set(coordinate, given as ListSize);
    }
  };
  for (const { name, node, fields } of typesOf(supergraph)) {
    read(name, node);
    for (const field of fields) {
      read(`${name}.${field.name.value}`, field);
      const parameters = ('arguments' in field && field.arguments) || [];
      for (const each of parameters) read(`${name}.${field.name.value}(${each.name.value}:)`, each);
    }
  }
  return { costs, lists };
}

const argumentsOf = ({ arguments: given = [] }: ConstDirectiveNode): Record<string, unknown> =>
  Object.fromEntries(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));

type Field = FieldDefinitionNode | InputValueDefinitionNode;

interface Holder {
  readonly name: string;
  readonly node: Directed;
  readonly fields: readonly Field[];
}

const typesOf = ({ definitions }: DocumentNode): Holder[] =>
  definitions.flatMap((node): Holder[] => {
    switch (node.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION:
      case Kind.INPUT_OBJECT_TYPE_DEFINITION:
        return [{ name: node.name.value, node, fields: (node.fields ?? []) as readonly Field[] }];
      case Kind.SCALAR_TYPE_DEFINITION:
      case Kind.ENUM_TYPE_DEFINITION:
        return [{ name: node.name.value, node, fields: [] }];
      default:
        return [];
    }
  });
