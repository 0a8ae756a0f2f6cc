import { type Collation, typePlace } from '../core/compare.ts';
import { Document } from '../core/document.ts';
import type { PathPredicate, Predicate } from '../core/match/tree.ts';
import {
  Binary,
  DateTime,
  MAX_KEY,
  MaxKey,
  MIN_KEY,
  MinKey,
  ObjectId,
  RegExpValue,
  Timestamp,
  UNDEFINED,
  type Value,
} from '../core/values.ts';
import { complement, everything, type Interval, intersect, interval, point, union } from './intervals.ts';
import { afterText, anchoredPrefix } from './prefix.ts';

/** Which index values documents that fulfil a condition can have, and what the condition asks of the index. */
export interface FieldBounds {
  readonly intervals: readonly Interval[];
  /** The documents may lack the field: an index that leaves those out cannot serve. */
  readonly mayBeMissing: boolean;
  /** Strings are compared: the index must have the query's collation. */
  readonly hasText: boolean;
  /** The intervals hold no value of a document that does not fulfil the condition, arrays aside. */
  readonly exact: boolean;
}

type PathKind<K> = Extract<PathPredicate, { readonly kind: K }>;
type Comparison = PathKind<'eq' | 'lt' | 'lte' | 'gt' | 'gte'>;

const NAN_AND_NUMBERS: Interval = interval(Number.NaN, true, Number.POSITIVE_INFINITY, true);
const FIRST_DATE = new DateTime(-(2 ** 63), -(2n ** 63n));
const LAST_DATE = new DateTime(2 ** 63, 2n ** 63n - 1n);

/** All values of the type bracket that a value stands in; undefined when the order has no simple ends for it. */
function bracketOf(value: Value): Interval | undefined {
  switch (typePlace(value)) {
    case 10:
      return NAN_AND_NUMBERS;
    case 15:
      return interval('', true, Document.of(), false);
    case 20:
      return interval(Document.of(), true, [], false);
    case 30:
      return interval(new Binary(Buffer.alloc(0), 0), true, new ObjectId(Buffer.alloc(12)), false);
    case 35:
      return interval(new ObjectId(Buffer.alloc(12)), true, new ObjectId(Buffer.alloc(12, 0xff)), true);
    case 40:
      return interval(false, true, true, true);
    case 45:
      return interval(FIRST_DATE, true, LAST_DATE, true);
    case 47:
      return interval(new Timestamp(0, 0), true, new Timestamp(0xffffffff, 0xffffffff), true);
    default:
      return undefined;
  }
}

function hasText(value: Value): boolean {
  const place = typePlace(value);
  return place === 15 || place === 20 || place === 25;
}

const NULLS: readonly Interval[] = [point(UNDEFINED), point(null)];

function equality(value: Value): FieldBounds {
  if (value === null || typePlace(value) === 0) {
    return { intervals: NULLS, mayBeMissing: true, hasText: false, exact: false };
  }
  if (Array.isArray(value)) {
    const first = value.length === 0 ? UNDEFINED : (value[0] as Value);
    return { intervals: [point(first), point(value)], mayBeMissing: false, hasText: true, exact: false };
  }
  return { intervals: [point(value)], mayBeMissing: false, hasText: hasText(value), exact: true };
}

function comparison({ kind, value }: Comparison): FieldBounds | undefined {
  if (kind === 'eq') return equality(value);
  if (Array.isArray(value)) return undefined;
  if (value === null || typePlace(value) === 0)
    return kind === 'lte' || kind === 'gte' ? equality(null) : undefined;
  if (value instanceof MinKey || value instanceof MaxKey) return extreme(kind, value);
  if (typeof value === 'number' && Number.isNaN(value)) return nan(kind);
  const bracket = bracketOf(value);
  if (!bracket) return undefined;
  const intervals =
    kind === 'lt' || kind === 'lte'
      ? [interval(lowestBeside(value, bracket), bracket.lowInclusive, value, kind === 'lte')]
      : [interval(value, kind === 'gte', bracket.high, bracket.highInclusive)];
  return { intervals, mayBeMissing: false, hasText: hasText(value), exact: true };
}

/** NaN stands below all numbers in an index but is not less than any to a query. */
function lowestBeside(value: Value, bracket: Interval): Value {
  return typePlace(value) === 10 ? Number.NEGATIVE_INFINITY : bracket.low;
}

function nan(kind: Comparison['kind']): FieldBounds {
  const intervals = kind === 'lte' || kind === 'gte' ? [point(Number.NaN)] : [];
  return { intervals, mayBeMissing: false, hasText: false, exact: true };
}

/** An array is greater than MinKey and less than MaxKey, also one that is indexed as nothing but these. */
function extreme(kind: Comparison['kind'], value: MinKey | MaxKey): FieldBounds {
  const downwards = kind === 'lt' || kind === 'lte';
  const inclusive = kind === 'lte' || kind === 'gte' || downwards === value instanceof MaxKey;
  const intervals = downwards
    ? [interval(MIN_KEY, true, value, inclusive)]
    : [interval(value, inclusive, MAX_KEY, true)];
  return { intervals, mayBeMissing: true, hasText: false, exact: false };
}

function regex(pattern: string, flags: string): FieldBounds {
  const prefix = anchoredPrefix(pattern, flags);
  const texts = prefix
    ? interval(prefix, true, afterText(prefix), false)
    : interval('', true, Document.of(), false);
  const intervals = [texts, point(new RegExpValue(pattern, flags))];
  return { intervals, mayBeMissing: false, hasText: true, exact: false };
}

function oneOf({ values, regexes }: PathKind<'in'>): FieldBounds {
  const parts = [...values.map(equality), ...regexes.map((one) => regex(one.pattern, one.flags))];
  return {
    intervals: parts.flatMap((part) => part.intervals),
    mayBeMissing: parts.some((part) => part.mayBeMissing),
    hasText: parts.some((part) => part.hasText),
    exact: parts.every((part) => part.exact),
  };
}

function typed({ types }: PathKind<'type'>): FieldBounds | undefined {
  const samples: Record<number, Value> = {
    1: 0,
    16: 0,
    18: 0,
    19: 0,
    2: '',
    7: new ObjectId(Buffer.alloc(12)),
    8: true,
    9: FIRST_DATE,
    17: new Timestamp(0, 0),
  };
  const brackets = [...types].map((type) =>
    samples[type] === undefined ? undefined : bracketOf(samples[type]),
  );
  if (brackets.some((bracket) => bracket === undefined)) return undefined;
  const hasText = types.has(2);
  return { intervals: brackets as Interval[], mayBeMissing: false, hasText, exact: false };
}

/** What is left when a condition is turned round: only where its intervals were exact. */
function negated(child: Predicate, collation: Collation | undefined): FieldBounds | undefined {
  if (child.kind === 'exists') return { intervals: NULLS, mayBeMissing: true, hasText: false, exact: false };
  if (!('path' in child) || child.kind === 'elemMatchValue' || child.kind === 'elemMatchObject')
    return undefined;
  const inner = boundsOf(child, collation);
  if (!inner?.exact) return undefined;
  const intervals = complement(union(inner.intervals, collation), collation);
  return { intervals, mayBeMissing: true, hasText: inner.hasText, exact: false };
}

/**
 * Items are conditions on the same array item, so their bounds may be intersected. An item that is an array itself
 * stands whole in the index, so conditions on its items have no bounds.
 */
function itemBounds(
  children: readonly Predicate[],
  collation: Collation | undefined,
): FieldBounds | undefined {
  const parts = children
    .filter((child) => child.kind !== 'elemMatchValue' && child.kind !== 'elemMatchObject')
    .map((child) => boundsOf(child, collation))
    .filter((part) => part !== undefined);
  if (parts.length === 0) return undefined;
  const intervals = parts.reduce<readonly Interval[]>(
    (all, part) => intersect(all, union(part.intervals, collation), collation),
    [everything],
  );
  return { intervals, mayBeMissing: false, hasText: parts.some((part) => part.hasText), exact: false };
}

/**
 * The index values that documents fulfilling a condition on one path can have; undefined when the condition
 * gives no bounds. Intervals are neither sorted nor disjoint.
 */
export function boundsOf(predicate: Predicate, collation: Collation | undefined): FieldBounds | undefined {
  switch (predicate.kind) {
    case 'eq':
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return comparison(predicate);
    case 'in':
      return oneOf(predicate);
    case 'regex':
      return regex(predicate.pattern, predicate.flags);
    case 'exists':
      return { intervals: [everything], mayBeMissing: false, hasText: false, exact: false };
    case 'type':
      return typed(predicate);
    case 'mod':
      return { intervals: [NAN_AND_NUMBERS], mayBeMissing: false, hasText: false, exact: false };
    case 'not':
      return negated(predicate.child, collation);
    case 'elemMatchValue':
      return itemBounds(predicate.children, collation);
    default:
      return undefined;
  }
}
