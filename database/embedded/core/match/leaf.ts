import type { Collation } from '../compare.ts';
import { compareValues, hashKey, typePlace } from '../compare.ts';
import { decimalToInteger } from '../decimalmath.ts';
import { Document } from '../document.ts';
import { compareNumbers, isNaNValue, isNumber, toExactInteger } from '../numbers.ts';
import type { LeafTest } from '../path.ts';
import type { RegExpValue, Value } from '../values.ts';
import { Decimal128, Int32, RegExpValue as StoredRegex, SymbolValue, typeOf } from '../values.ts';
import { compileRegex } from './pcre.ts';
import type { ComparisonKind } from './tree.ts';

const NULL_PLACE = 5;
const MIN_PLACE = -1;
const MAX_PLACE = 127;

/** Null and missing (or the old undefined) are one for equality and for $lte and $gte. */
function isNullish(place: number): boolean {
  return place === 0 || place === NULL_PLACE;
}

const accepts: Readonly<Record<ComparisonKind, (order: number) => boolean>> = {
  eq: (order) => order === 0,
  lt: (order) => order < 0,
  lte: (order) => order <= 0,
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
};

/** Comparison within one bracket of types; only MinKey and MaxKey compare with everything. */
export function comparisonLeaf(kind: ComparisonKind, operand: Value, collation?: Collation): LeafTest {
  if (kind === 'eq') return equalityLeaf(operand, collation);
  const place = typePlace(operand);
  const accept = accepts[kind];
  if (isNaNValue(operand)) return (value) => kind.endsWith('e') && isNaNValue(value);
  if (operand instanceof Int32) return numberLeaf(kind, operand.value);
  if (typeof operand === 'number' || typeof operand === 'bigint') return numberLeaf(kind, operand);
  return (value) => {
    const other = typePlace(value);
    if (other !== place) return acrossBrackets(kind, other, place);
    if (place === 10 && isNaNValue(value)) return false;
    return accept(compareValues(value, operand, collation));
  };
}

/** JavaScript compares numbers with bigints exactly, and NaN with nothing, as queries do. */
function numberLeaf(kind: Exclude<ComparisonKind, 'eq'>, n: number | bigint): LeafTest {
  const operand: Value = n;
  return (value) => {
    const x = value instanceof Int32 ? value.value : value;
    if (typeof x === 'number' || typeof x === 'bigint') {
      if (kind === 'lt') return x < n;
      if (kind === 'lte') return x <= n;
      return kind === 'gt' ? x > n : x >= n;
    }
    if (!(x instanceof Decimal128) || isNaNValue(x)) return false;
    return accepts[kind](compareValues(x, operand));
  };
}

function acrossBrackets(kind: ComparisonKind, value: number, operand: number): boolean {
  if (operand === NULL_PLACE && isNullish(value)) return kind.endsWith('e');
  if (operand === MAX_PLACE) return kind === 'lt' || kind === 'lte';
  return operand === MIN_PLACE && (kind === 'gt' || kind === 'gte');
}

function equalityLeaf(operand: Value, collation?: Collation): LeafTest {
  if (operand === null) return (value) => isNullish(typePlace(value));
  if (typeof operand === 'string' && collation === undefined) {
    return (value) => value === operand || (value instanceof SymbolValue && value.value === operand);
  }
  if (typeof operand === 'boolean') return (value) => value === operand;
  if (operand instanceof Int32) {
    const n = operand.value;
    return (value) =>
      value instanceof Int32 ? value.value === n : isNumber(value) && compareNumbers(value, operand) === 0;
  }
  return (value) => compareValues(value, operand, collation) === 0;
}

/** A text matches by content; a stored regular expression only by being the same. */
export function regexLeaf(pattern: string, flags: string): LeafTest {
  const regex = compileRegex(pattern, flags);
  return (value) => {
    if (typeof value === 'string') return regex.test(value);
    if (value instanceof SymbolValue) return regex.test(value.value);
    return value instanceof StoredRegex && value.pattern === pattern && value.flags === flags;
  };
}

export function inLeaf(
  values: readonly Value[],
  regexes: readonly RegExpValue[],
  collation?: Collation,
): LeafTest {
  const keys = new Set(values.map((value) => hashKey(value, collation)));
  const hasNull = values.includes(null);
  const patterns = regexes.map(({ pattern, flags }) => regexLeaf(pattern, flags));
  return (value) => {
    if (value === undefined || typePlace(value) === 0) return hasNull;
    return keys.has(hashKey(value, collation)) || patterns.some((test) => test(value, undefined));
  };
}

export function typeLeaf(types: ReadonlySet<number>): LeafTest {
  return (value) => value !== undefined && types.has(typeOf(value));
}

const MAX_LONG = 2n ** 63n - 1n;

/** The value cut to a 64-bit integer, or undefined when it is none. */
function truncated(value: Value | undefined): bigint | undefined {
  if (!isNumber(value)) return undefined;
  const exact = toExactInteger(typeof value === 'number' ? Math.trunc(value) : value);
  const integer = exact ?? truncatedDecimal(value);
  return integer !== undefined && integer <= MAX_LONG && integer >= -MAX_LONG - 1n ? integer : undefined;
}

function truncatedDecimal(value: Value): bigint | undefined {
  return typeOf(value) === 19 ? decimalToInteger(value as Decimal128, 19) : undefined;
}

export function modLeaf(divisor: bigint, remainder: bigint): LeafTest {
  return (value) => {
    const dividend = truncated(value);
    return dividend !== undefined && dividend % divisor === remainder;
  };
}

/** The sub-documents of $elemMatch: documents, and arrays taken as documents with index names. */
export function asDocument(item: Value): Document | undefined {
  if (item instanceof Document) return item;
  if (!Array.isArray(item)) return undefined;
  return Document.fromColumns(
    item.map((_, i) => String(i)),
    item,
  );
}
