import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from '../fragments.ts';
import type { PlannedNames } from './plannedNames.ts';

/** What a value of a type must be; the wrapping types as in GraphQL, 3.11 and 3.12. */
export type TypeShape =
  | { readonly kind: 'nonNull'; readonly of: TypeShape }
  | { readonly kind: 'list'; readonly of: TypeShape }
  | { readonly kind: 'composite'; readonly type: GraphQLCompositeType }
  | { readonly kind: 'leaf'; readonly isValid: (value: unknown) => boolean };

/** A directive that leaves a selection out: `@skip(if: $x)`, or `@include(if: $x)`, which is negated. */
export interface LeavesOut {
  readonly variable: string;
  readonly negated: boolean;
}

/** A field, or all under a fragment, as an answer has it. */
export type SelectionShape =
  | {
      readonly kind: 'field';
      /** The response name. */
      readonly key: string;
      /** The name under which the subgraphs brought it. */
      readonly from: string;
      readonly type: TypeShape;
      /** Null for a leaf. */
      readonly selections: readonly SelectionShape[] | null;
      readonly unless: readonly LeavesOut[];
    }
  | {
      readonly kind: 'typename';
      readonly key: string;
      readonly from: string;
      readonly unless: readonly LeavesOut[];
    }
  | {
      readonly kind: 'introspection';
      readonly key: string;
      readonly field: FieldNode;
      readonly unless: readonly LeavesOut[];
    }
  | {
      readonly kind: 'fragment';
      /** Null for a fragment without a type condition. */
      readonly on: GraphQLCompositeType | null;
      readonly selections: readonly SelectionShape[];
      readonly unless: readonly LeavesOut[];
    };

export interface ShapeOptions {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly root: GraphQLCompositeType;
  readonly names: PlannedNames;
}

/** Gives what the answer to an operation looks like, so that answering need not look at the document again. */
export function shapeOf({ operation, root, ...rest }: ShapeOptions): readonly SelectionShape[] {
  return new Shaper(rest).selections(operation.selectionSet, root);
}

class Shaper {
  readonly #schema: GraphQLSchema;
  readonly #names: PlannedNames;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor({ schema, document, names }: Pick<ShapeOptions, 'schema' | 'document' | 'names'>) {
    this.#schema = schema;
    this.#names = names;
    this.#fragments = fragmentsOf(document);
  }

  selections({ selections }: SelectionSetNode, parent: GraphQLCompositeType): SelectionShape[] {
    return selections.flatMap((node) => {
      const unless = leftOutBy(node);
      if (unless === 'ALWAYS') return [];
      if (node.kind === Kind.FIELD) return [this.#field(node, parent, unless)];
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? this.#fragment(node.name.value) : node;
      const on = fragment.typeCondition ? this.#composite(fragment.typeCondition.name.value) : null;
      const inside = this.selections(fragment.selectionSet, on ?? parent);
      return [{ kind: 'fragment' as const, on, selections: inside, unless }];
    });
  }

  #field(node: FieldNode, parent: GraphQLCompositeType, unless: readonly LeavesOut[]): SelectionShape {
    const name = node.name.value;
    const key = (node.alias ?? node.name).value;
    const from = this.#names.of(node);
    if (name === '__typename') return { kind: 'typename', key, from, unless };
    if (name === '__schema' || name === '__type') return { kind: 'introspection', key, field: node, unless };
    const type = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name]?.type : undefined;
    if (!type) throw new Error(`${parent.name} has no field ${name}.`);
    const named = getNamedType(type);
    const selections =
      isCompositeType(named) && node.selectionSet ? this.selections(node.selectionSet, named) : null;
    return { kind: 'field', key, from, type: typeShape(type), selections, unless };
  }

  #fragment(name: string): FragmentDefinitionNode {
    const fragment = this.#fragments.get(name);
    if (!fragment) throw new Error(`There is no fragment ${name}.`);
    return fragment;
  }

  #composite(name: string): GraphQLCompositeType {
    const type = this.#schema.getType(name);
    if (!isCompositeType(type)) throw new Error(`There is no object, interface or union ${name}.`);
    return type;
  }
}

function typeShape(type: GraphQLOutputType): TypeShape {
  if (isNonNullType(type)) return { kind: 'nonNull', of: typeShape(type.ofType) };
  if (isListType(type)) return { kind: 'list', of: typeShape(type.ofType) };
  if (isCompositeType(type)) return { kind: 'composite', type };
  if (isEnumType(type)) {
    const names = new Set<unknown>(type.getValues().map(({ name }) => name));
    return { kind: 'leaf', isValid: (value) => names.has(value) };
  }
  return { kind: 'leaf', isValid: builtIn[type.name] ?? (() => true) };
}

/**
 * What an answer may hold for the scalars that the specification defines (GraphQL, 3.5); of others only their subgraph
 * knows. An integer of more than 32 bits is let through: its subgraph has promised it, and a client can read it.
 */
const builtIn: Readonly<Record<string, (value: unknown) => boolean>> = {
  Int: Number.isInteger,
  Float: (value) => typeof value === 'number',
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  ID: (value) => typeof value === 'string' || Number.isInteger(value),
};

type WithDirectives = Pick<FieldNode, 'directives'>;

function leftOutBy({ directives = [] }: WithDirectives): readonly LeavesOut[] | 'ALWAYS' {
  const found: LeavesOut[] = [];
  for (const { name, arguments: given } of directives) {
    const value = given?.find((argument) => argument.name.value === 'if')?.value;
    const negated = name.value === 'include';
    if ((name.value !== 'skip' && !negated) || !value) continue;
    if (value.kind === Kind.VARIABLE) found.push({ variable: value.name.value, negated });
    else if (value.kind === Kind.BOOLEAN && value.value !== negated) return 'ALWAYS';
  }
  return found;
}
