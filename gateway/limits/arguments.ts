import {
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import type { ListSize, Weights } from './weights.ts';

/** The variables of a request, with the operation's defaults. */
export type Variables = Readonly<Record<string, unknown>>;

/** A number that may hang on variables. */
export type Amount = (variables: Variables) => number;

type Field = GraphQLField<unknown, unknown>;
type Reader = (variables: Variables) => unknown;

/** What a list is taken to hold of which nothing is said: what a page holds of which nothing is asked. */
const DEFAULT_SIZE = 20;

/**
 * Gives the length that a list is taken to have: the largest of the arguments that slice it, else what the schema assumes.
 * Two things the specification has no words for: a rollup has its `first` inside of its input, and what is asked by a list of
 * codes has an item for each of them.
 */
export function sizeOf(field: Field, node: FieldNode, listSize: ListSize | undefined): Amount {
  const slicing = listSize?.slicingArguments ?? [];
  const slices = listSize
    ? field.args.flatMap((argument) => slicesBy(argument, slicing.includes(argument.name), node))
    : [];
  const assumed = listSize?.assumedSize ?? DEFAULT_SIZE;
  return (variables) => {
    const sizes = slices.map((read) => read(variables)).filter((size) => typeof size === 'number');
    return sizes.length > 0 ? Math.max(0, ...sizes) : assumed;
  };
}

/** Gives how the field's slicing argument is read, where it has exactly a page's. */
function slicesBy(argument: GraphQLArgument, isSlicing: boolean, node: FieldNode): Reader[] {
  const read = readerOf(argument, node);
  if (isSlicing) return [read];
  const type = getNullableType(argument.type);
  if (isListType(type) && isNonNullType(argument.type)) {
    return [
      (variables) => {
        const given = read(variables);
        return Array.isArray(given) ? given.length : undefined;
      },
    ];
  }
  const first = isInputObjectType(type) ? type.getFields().first : undefined;
  return first
    ? [(variables) => (read(variables) as Variables | null | undefined)?.first ?? first.defaultValue]
    : [];
}

/** Gives what the arguments of a field cost; null where they cost nothing whatever they are. */
export function inputCostOf(
  coordinate: string,
  field: Field,
  node: FieldNode,
  weights: Weights,
): Amount | null {
  const costly = field.args.flatMap((argument) => {
    const weight = weights.costs.get(`${coordinate}(${argument.name}:)`);
    const named = getNamedType(argument.type);
    const isFree = weight === undefined && !isInputObjectType(named) && !weights.costs.has(named.name);
    return isFree ? [] : [{ argument, weight, read: readerOf(argument, node) }];
  });
  if (costly.length === 0) return null;
  return (variables) =>
    costly.reduce(
      (sum, { argument, weight, read }) => sum + inputCost(argument.type, read(variables), weight, weights),
      0,
    );
}

/** An input object costs 1 and what is in it, a list what its items cost, a scalar nothing; `@cost` says otherwise. */
function inputCost(
  given: GraphQLInputType,
  value: unknown,
  weight: number | undefined,
  weights: Weights,
): number {
  if (value === null || value === undefined) return 0;
  const type = getNullableType(given);
  if (isListType(type)) {
    const items = Array.isArray(value) ? value : [value];
    return items.reduce<number>((sum, item) => sum + inputCost(type.ofType, item, weight, weights), 0);
  }
  const own = weight ?? weights.costs.get(type.name);
  if (!isInputObjectType(type)) return own ?? 0;
  return Object.values(type.getFields()).reduce(
    (sum, { name, type: inner }) =>
      sum + inputCost(inner, (value as Variables)[name], weights.costs.get(`${type.name}.${name}`), weights),
    own ?? 1,
  );
}

function readerOf({ name, defaultValue }: GraphQLArgument, node: FieldNode): Reader {
  const literal = node.arguments?.find((given) => given.name.value === name)?.value;
  if (!literal) return () => defaultValue;
  if (!hasVariables(literal)) {
    const value = valueFromASTUntyped(literal);
    return () => value;
  }
  return (variables) => valueFromASTUntyped(literal, variables) ?? defaultValue;
}

function hasVariables(node: ValueNode): boolean {
  if (node.kind === Kind.VARIABLE) return true;
  if (node.kind === Kind.LIST) return node.values.some(hasVariables);
  return node.kind === Kind.OBJECT && node.fields.some(({ value }) => hasVariables(value));
}
