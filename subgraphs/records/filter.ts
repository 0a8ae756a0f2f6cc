import { inputInvalid } from '../../server/errors.ts';
import type { Filter } from './keyset.ts';
import { under } from './subtree.ts';

/** How one field of a filter input becomes a MongoDB filter. Async ones were resolved before (codes to paths). */
export type FilterFields<Input> = {
  readonly [Key in keyof Input]-?: (value: NonNullable<Input[Key]>) => Filter;
};

interface Combinators<Input> {
  readonly any?: readonly Input[] | null;
  readonly not?: Input | null;
}

const MAX_DEPTH = 3;

/** Gives the names of the fields that a filter asks by; null is "not asked". */
export const askedFields = <Input extends object>(input: Input): (keyof Input)[] =>
  (Object.keys(input) as (keyof Input)[]).filter((field) => input[field] != null);

/**
 * Gives the MongoDB filter of a filter input, by the one grammar of all filters (API.md): fields AND, lists IN,
 * `any` OR, `not` NOT, at most three deep; an empty list or an empty `any` is INPUT_INVALID, null is "not asked".
 */
export function toFilter<Input extends Combinators<Input>>(
  input: Input | null | undefined,
  fields: FilterFields<Omit<Input, 'any' | 'not'>>,
  depth = 1,
): Filter {
  if (!input) return {};
  if (depth > MAX_DEPTH) throw inputInvalid(`Filters nest at most ${MAX_DEPTH} deep.`);
  const parts: Filter[] = [];
  for (const [name, value] of Object.entries(input) as [string, unknown][]) {
    if (value === null || value === undefined) continue;
    if (Array.isArray(value) && value.length === 0) {
      throw inputInvalid(`The list "${name}" of the filter is empty; leave it out to ask for everything.`, {
        field: name,
      });
    }
    if (name === 'any')
      parts.push({ $or: (value as Input[]).map((child) => toFilter(child, fields, depth + 1)) });
    else if (name === 'not') parts.push({ $nor: [toFilter(value as Input, fields, depth + 1)] });
    else parts.push(fieldFilter(fields, name, value));
  }
  return parts.length <= 1 ? (parts[0] ?? {}) : { $and: parts };
}

function fieldFilter(fields: object, name: string, value: unknown): Filter {
  const make = (fields as Record<string, ((value: unknown) => Filter) | undefined>)[name];
  if (!make) throw inputInvalid(`The filter has no field "${name}".`);
  return make(value);
}

/** Joins filters by AND, leaving out the empty ones. */
export const allOf = (parts: readonly Filter[]): Filter => {
  const some = parts.filter((part) => Object.keys(part).length > 0);
  if (some.length === 0) return {};
  return some.length === 1 && some[0] ? some[0] : { $and: some };
};

/** `field IN values`; one value is an equality. */
export const isIn =
  (field: string) =>
  (values: readonly unknown[]): Filter => ({ [field]: values.length === 1 ? values[0] : { $in: values } });

/** A half-open range [from, before) or [from, to) with either end open. */
export const inRange = (field: string, from: unknown, before: unknown): Filter => ({
  [field]: { ...(from == null ? {} : { $gte: from }), ...(before == null ? {} : { $lt: before }) },
});

/** At or under any of the paths. */
export const isUnder =
  (field: string) =>
  (paths: readonly string[]): Filter =>
    paths.length === 1 && paths[0] !== undefined
      ? { [field]: under(paths[0]) }
      : { $or: paths.map((path) => ({ [field]: under(path) })) };
