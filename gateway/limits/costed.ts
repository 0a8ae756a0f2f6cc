import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
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
  type SelectionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import { fragmentsOf } from '../fragments.ts';
import { type Amount, inputCostOf, sizeOf, type Variables } from './arguments.ts';
import type { Weights } from './weights.ts';

/** A selected field with all that its cost hangs on. */
export interface Costed {
  /** Under which name its value stands in the answer. */
  readonly key: string;
  /** What one value costs, without what is selected of it. */
  readonly weight: number;
  /** How many values there are taken to be; null for a field that is no list. */
  readonly size: Amount | null;
  /** How many rows a page is asked to have, where that is more than it has unasked; null for a field that is no connection. */
  readonly page: Amount | null;
  readonly input: Amount | null;
  /** Whether it is asked at all (`@skip`, `@include`); null when it always is. */
  readonly asked: ((variables: Variables) => boolean) | null;
  readonly inside: readonly Costed[];
}

/** Where a selection set stands. */
interface Place {
  readonly parent: GraphQLNamedType;
  /** The lists that the field around has sized, and their length. */
  readonly sized?: { readonly fields: readonly string[]; readonly size: Amount } | undefined;
  readonly conditions: readonly ((variables: Variables) => boolean)[];
}

/** Works out what the fields of a valid selection cost, once for all its variables. */
export function costedOf(
  schema: GraphQLSchema,
  weights: Weights,
  document: DocumentNode,
  root: { readonly type: GraphQLNamedType; readonly selectionSet: SelectionSetNode },
): readonly Costed[] {
  const fragments = fragmentsOf(document);
  const ofSet = (set: SelectionSetNode, place: Place): Costed[] =>
    set.selections.flatMap((selection) => {
      const conditions = [...place.conditions, ...conditionsOf(selection)];
      if (selection.kind === Kind.FIELD) return costed(selection, { ...place, conditions }, weights, ofSet);
      const inner = innerOf(selection, fragments);
      if (!inner) return [];
      const parent = inner.on ? schema.getType(inner.on) : place.parent;
      return parent ? ofSet(inner.set, { ...place, parent, conditions }) : [];
    });
  return ofSet(root.selectionSet, { parent: root.type, conditions: [] });
}

function innerOf(
  selection: Exclude<SelectionNode, FieldNode>,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): { readonly on: string | undefined; readonly set: SelectionSetNode } | undefined {
  const node = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
  return node && { on: node.typeCondition?.name.value, set: node.selectionSet };
}

function costed(
  node: FieldNode,
  { parent, sized, conditions }: Place,
  weights: Weights,
  ofSet: (set: SelectionSetNode, place: Place) => Costed[],
): Costed[] {
  const field =
    isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
  // Introspection costs nothing; how much of it may be asked, the shape says.
  if (!field) return [];
  const coordinate = `${parent.name}.${field.name}`;
  const type = getNamedType(field.type);
  const listSize = weights.lists.get(coordinate);
  const own = sizeOf(field, node, listSize);
  const sizedFields = listSize?.sizedFields ?? [];
  const isSized = sized?.fields.includes(field.name);
  const [first, ...more] = conditions;
  return [
    {
      key: (node.alias ?? node.name).value,
      weight: weights.costs.get(coordinate) ?? weights.costs.get(type.name) ?? (isLeafType(type) ? 0 : 1),
      size: isListType(getNullableType(field.type)) ? (isSized ? (sized?.size ?? own) : own) : null,
      page: sizedFields.includes('edges') ? pageOf(field, own) : null,
      input: inputCostOf(coordinate, field, node, weights),
      asked: first ? (variables) => [first, ...more].every((holds) => holds(variables)) : null,
      inside: node.selectionSet
        ? ofSet(node.selectionSet, {
            parent: type,
            sized: sizedFields.length > 0 ? { fields: sizedFields, size: own } : undefined,
            conditions: [],
          })
        : [],
    },
  ];
}

/** A page of the size that the schema gives unasked is refused to nobody: those of what changed have 100 rows. */
function pageOf({ args }: GraphQLField<unknown, unknown>, size: Amount): Amount {
  const unasked = Number(args.find(({ name }) => name === 'first')?.defaultValue ?? 0);
  return (variables) => {
    const rows = size(variables);
    return rows > unasked ? rows : 0;
  };
}

const conditionsOf = ({ directives = [] }: { readonly directives?: readonly DirectiveNode[] | undefined }) =>
  directives.flatMap(({ name, arguments: given }) => {
    const wanted = name.value === 'include';
    const value = given?.find((argument) => argument.name.value === 'if')?.value;
    if (!value || !(wanted || name.value === 'skip')) return [];
    return [(variables: Variables) => valueFromASTUntyped(value, variables) === wanted];
  });
