import { type Collation, compareValues } from '../core/compare.ts';
import { show } from '../core/show.ts';
import { MAX_KEY, MIN_KEY, type Value } from '../core/values.ts';

/** A run of index values of one field, in MongoDB's order of values. */
export interface Interval {
  readonly low: Value;
  readonly high: Value;
  readonly lowInclusive: boolean;
  readonly highInclusive: boolean;
}

export const everything: Interval = { low: MIN_KEY, high: MAX_KEY, lowInclusive: true, highInclusive: true };

export function point(value: Value): Interval {
  return { low: value, high: value, lowInclusive: true, highInclusive: true };
}

export function interval(low: Value, lowInclusive: boolean, high: Value, highInclusive: boolean): Interval {
  return { low, high, lowInclusive, highInclusive };
}

export function isPoint({ low, high, lowInclusive, highInclusive }: Interval): boolean {
  return lowInclusive && highInclusive && (low === high || compareValues(low, high) === 0);
}

export function isEverything(intervals: readonly Interval[]): boolean {
  const [only] = intervals;
  return (
    intervals.length === 1 &&
    only?.low === MIN_KEY &&
    only.high === MAX_KEY &&
    only.lowInclusive &&
    only.highInclusive
  );
}

function isEmpty({ low, high, lowInclusive, highInclusive }: Interval, collation?: Collation): boolean {
  const order = compareValues(low, high, collation);
  return order > 0 || (order === 0 && !(lowInclusive && highInclusive));
}

function compareLows(a: Interval, b: Interval, collation?: Collation): number {
  return compareValues(a.low, b.low, collation) || Number(b.lowInclusive) - Number(a.lowInclusive);
}

function compareHighs(a: Interval, b: Interval, collation?: Collation): number {
  return compareValues(a.high, b.high, collation) || Number(a.highInclusive) - Number(b.highInclusive);
}

/** Sorted, disjoint intervals that cover the same values. */
export function union(intervals: readonly Interval[], collation?: Collation): Interval[] {
  const sorted = intervals
    .filter((one) => !isEmpty(one, collation))
    .sort((a, b) => compareLows(a, b, collation));
  const merged: Interval[] = [];
  for (const next of sorted) {
    const last = merged.at(-1);
    if (last && touches(last, next, collation)) {
      if (compareHighs(next, last, collation) > 0) {
        merged[merged.length - 1] = { ...last, high: next.high, highInclusive: next.highInclusive };
      }
    } else merged.push(next);
  }
  return merged;
}

function touches(a: Interval, b: Interval, collation?: Collation): boolean {
  const order = compareValues(a.high, b.low, collation);
  return order > 0 || (order === 0 && (a.highInclusive || b.lowInclusive));
}

/** The values in both of two sorted lists. */
export function intersect(a: readonly Interval[], b: readonly Interval[], collation?: Collation): Interval[] {
  const both: Interval[] = [];
  for (const x of a) {
    for (const y of b) {
      const low = compareLows(x, y, collation) >= 0 ? x : y;
      const high = compareHighs(x, y, collation) <= 0 ? x : y;
      const shared = interval(low.low, low.lowInclusive, high.high, high.highInclusive);
      if (!isEmpty(shared, collation)) both.push(shared);
    }
  }
  return union(both, collation);
}

/** All values outside a sorted list. */
export function complement(intervals: readonly Interval[], collation?: Collation): Interval[] {
  const outside: Interval[] = [];
  let low: Value = MIN_KEY;
  let lowInclusive = true;
  for (const one of intervals) {
    outside.push(interval(low, lowInclusive, one.low, !one.lowInclusive));
    low = one.high;
    lowInclusive = !one.highInclusive;
  }
  outside.push(interval(low, lowInclusive, MAX_KEY, true));
  return union(outside, collation);
}

/** The interval as explain shows it; from high to low for a descending scan of the field. */
export function showInterval(one: Interval, descending: boolean): string {
  const low = `${one.lowInclusive ? '[' : '('}`;
  const high = `${one.highInclusive ? ']' : ')'}`;
  return descending
    ? `${one.highInclusive ? '[' : '('}${show(one.high)}, ${show(one.low)}${one.lowInclusive ? ']' : ')'}`
    : `${low}${show(one.low)}, ${show(one.high)}${high}`;
}
