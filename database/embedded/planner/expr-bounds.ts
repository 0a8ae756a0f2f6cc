import { comparisonsOf, type ImpliedComparison } from '../aggregate/expressions/comparisons.ts';
import { typePlace } from '../core/compare.ts';
import type { MatchEnv } from '../core/env.ts';
import { MAX_KEY, MIN_KEY, UNDEFINED, type Value } from '../core/values.ts';
import type { Condition } from './conditions.ts';
import type { FieldBounds } from './field-bounds.ts';
import { type Interval, interval, point } from './intervals.ts';

const NULL_PLACE = typePlace(null);
const isNothing = (value: Value): boolean => typePlace(value) <= NULL_PLACE;

/** A missing field is indexed as null, so a comparison with null may mean either. */
function pointsOf(value: Value): Interval[] {
  return isNothing(value) ? [point(UNDEFINED), point(null)] : [point(value)];
}

/** All values are in one order to an expression: no type brackets; a missing field is less than everything. */
function intervalsOf(comparison: ImpliedComparison): Interval[] | undefined {
  if (comparison.kind === 'in') return comparison.values.flatMap(pointsOf);
  const { kind, value } = comparison;
  if (kind === 'eq') return pointsOf(value);
  if (isNothing(value)) return undefined;
  if (kind === 'gt' || kind === 'gte') return [interval(value, kind === 'gte', MAX_KEY, true)];
  return [interval(MIN_KEY, true, value, kind === 'lte')];
}

function boundsFor(comparison: ImpliedComparison): FieldBounds | undefined {
  const intervals = intervalsOf(comparison);
  if (!intervals) return undefined;
  const { kind } = comparison;
  const values = comparison.kind === 'in' ? comparison.values : [comparison.value];
  return {
    intervals,
    mayBeMissing: kind === 'lt' || kind === 'lte' || values.some(isNothing),
    hasText: values.some((value) => [15, 20].includes(typePlace(value))),
    exact: false,
  };
}

/**
 * The comparisons of a field with constants in an `$expr`, as conditions an index can serve. Variables of `let` are
 * constants by now.
 */
export function exprConditions(spec: Value, env: MatchEnv): Condition[] {
  return comparisonsOf(spec, env).flatMap((comparison) => {
    const bounds = boundsFor(comparison);
    return bounds ? [{ path: comparison.path, items: [], wholeArrays: true, bounds: () => bounds }] : [];
  });
}
