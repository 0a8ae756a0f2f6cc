import type { Document } from './document.ts';
import { compareNumbers, type NumberValue, numberKey } from './numbers.ts';
import type {
  Binary,
  Code,
  DateTime,
  DbPointer,
  ObjectId,
  RegExpValue,
  SymbolValue,
  Timestamp,
  Value,
} from './values.ts';
import { typeOf } from './values.ts';

/** How texts compare under a collation; without one, by their UTF-8 bytes. collation.ts makes them. */
export interface Collation {
  compare(a: string, b: string): number;
  /** A text whose UTF-16 order is the collation's order: equal for texts that are equal under the collation. */
  key(text: string): string;
}

/**
 * The place of each type in MongoDB's order of all values ("Comparison/Sort Order" in the manual). Missing and
 * the deprecated undefined come before null; all numbers, and strings with symbols, share one place.
 */
const places: Readonly<Record<number, number>> = {
  [-1]: -1,
  6: 0,
  10: 5,
  1: 10,
  16: 10,
  18: 10,
  19: 10,
  2: 15,
  14: 15,
  3: 20,
  4: 25,
  5: 30,
  7: 35,
  8: 40,
  9: 45,
  17: 47,
  11: 50,
  12: 55,
  13: 60,
  15: 65,
  127: 127,
};

/** The place of a value's type in the order of types; missing is 0. */
export function typePlace(value: Value | undefined): number {
  switch (typeof value) {
    case 'string':
      return 15;
    case 'number':
    case 'bigint':
      return 10;
    case 'boolean':
      return 40;
    case 'undefined':
      return 0;
    default:
      return places[typeOf(value)] as number;
  }
}

/** Orders texts as their UTF-8 bytes are ordered, which UTF-16 order is not beyond the basic plane. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rankUnit(x) - rankUnit(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all others. */
function rankUnit(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}

const sign = (n: number): number => (n < 0 ? -1 : n > 0 ? 1 : 0);

/**
 * MongoDB's total order of values: -1, 0 or 1. Numbers compare by exact value across their types, documents field
 * by field (type, then name, then value), arrays item by item.
 */
export function compareValues(a: Value | undefined, b: Value | undefined, collation?: Collation): number {
  if (typeof a === 'string' && typeof b === 'string') {
    if (a === b) return 0;
    return sign(collation ? collation.compare(a, b) : compareText(a, b));
  }
  if (typeof a === 'number' && typeof b === 'number') {
    if (a < b) return -1;
    if (a > b) return 1;
    return a === b ? 0 : compareNumbers(a, b);
  }
  const place = typePlace(a);
  const other = typePlace(b);
  if (place !== other) return place < other ? -1 : 1;
  const compareSame = comparers[place];
  return compareSame ? sign(compareSame(a as Value, b as Value, collation)) : 0;
}

/** Whether two values are equal in MongoDB's order. */
export function equalValues(a: Value | undefined, b: Value | undefined, collation?: Collation): boolean {
  return a === b || compareValues(a, b, collation) === 0;
}

type Comparer = (a: Value, b: Value, collation?: Collation) => number;

const textOf = (value: Value): string => (typeof value === 'string' ? value : (value as SymbolValue).value);

const comparers: Readonly<Record<number, Comparer>> = {
  10: (a, b) => compareNumbers(a as NumberValue, b as NumberValue),
  15: (a, b, collation) =>
    collation ? collation.compare(textOf(a), textOf(b)) : compareText(textOf(a), textOf(b)),
  20: (a, b, collation) => compareDocuments(a as Document, b as Document, collation),
  25: (a, b, collation) => compareArrays(a as Value[], b as Value[], collation),
  30: (a, b) => compareBinaries(a as Binary, b as Binary),
  35: (a, b) => compareObjectIds(a as ObjectId, b as ObjectId),
  40: (a, b) => Number(a) - Number(b),
  45: (a, b) => compareDates(a as DateTime, b as DateTime),
  47: (a, b) => (a as Timestamp).t - (b as Timestamp).t || (a as Timestamp).i - (b as Timestamp).i,
  50: (a, b) => compareRegExps(a as RegExpValue, b as RegExpValue),
  55: (a, b) => comparePointers(a as DbPointer, b as DbPointer),
  60: (a, b) => compareText((a as Code).code, (b as Code).code),
  65: (a, b, collation) =>
    compareText((a as Code).code, (b as Code).code) ||
    compareDocuments((a as Code).scope as Document, (b as Code).scope as Document, collation),
};

function compareDocuments(a: Document, b: Document, collation?: Collation): number {
  if (a === b) return 0;
  const raw = a.rawBytes();
  const other = b.rawBytes();
  if (raw && other && raw.equals(other)) return 0;
  const keys = a.keys();
  const otherKeys = b.keys();
  const values = a.values();
  const otherValues = b.values();
  const shared = Math.min(keys.length, otherKeys.length);
  for (let i = 0; i < shared; i++) {
    const x = values[i] as Value;
    const y = otherValues[i] as Value;
    const order =
      typePlace(x) - typePlace(y) ||
      compareText(keys[i] as string, otherKeys[i] as string) ||
      compareValues(x, y, collation);
    if (order !== 0) return order;
  }
  return keys.length - otherKeys.length;
}

function compareArrays(a: readonly Value[], b: readonly Value[], collation?: Collation): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const order = compareValues(a[i], b[i], collation);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** By length, then subtype, then bytes. */
function compareBinaries(a: Binary, b: Binary): number {
  return a.bytes.length - b.bytes.length || a.subtype - b.subtype || Buffer.compare(a.bytes, b.bytes);
}

function compareObjectIds(a: ObjectId, b: ObjectId): number {
  for (let i = 0; i < 12; i++) {
    const order = (a.source[a.offset + i] as number) - (b.source[b.offset + i] as number);
    if (order !== 0) return order;
  }
  return 0;
}

function compareDates(a: DateTime, b: DateTime): number {
  if (a.ms !== b.ms || (a.wide ?? b.wide) === undefined) return a.ms - b.ms;
  const x = a.wide ?? BigInt(a.ms);
  const y = b.wide ?? BigInt(b.ms);
  return x < y ? -1 : x > y ? 1 : 0;
}

function compareRegExps(a: RegExpValue, b: RegExpValue): number {
  return compareText(a.pattern, b.pattern) || compareText(a.flags, b.flags);
}

function comparePointers(a: DbPointer, b: DbPointer): number {
  return (
    Buffer.byteLength(a.namespace) - Buffer.byteLength(b.namespace) ||
    compareText(a.namespace, b.namespace) ||
    compareObjectIds(a.id, b.id)
  );
}

/** One text for all values that compare equal: the key of a Map for $group, distinct and the like. */
export function hashKey(value: Value | undefined, collation?: Collation): string {
  if (typeof value === 'string') return `s${collation ? collation.key(value) : value}`;
  const place = typePlace(value);
  if (place === 10) return `n${numberKey(value as NumberValue)}`;
  if (place === 35) return `o${(value as ObjectId).toHex()}`;
  return hashRest(value, place, collation);
}

function hashRest(value: Value | undefined, place: number, collation?: Collation): string {
  switch (place) {
    case 15:
      return hashKey((value as SymbolValue).value, collation);
    case 20:
      return `{${hashDocument(value as Document, collation)}}`;
    case 25:
      return `[${(value as Value[]).map((item) => framed(hashKey(item, collation))).join('')}]`;
    case 30:
      return `b${(value as Binary).subtype}:${(value as Binary).bytes.toString('latin1')}`;
    case 40:
      return value ? 't' : 'f';
    case 45:
      return `d${(value as DateTime).wide ?? (value as DateTime).ms}`;
    case 47:
      return `T${(value as Timestamp).t}:${(value as Timestamp).i}`;
    case 50:
      return `r${framed((value as RegExpValue).pattern)}${(value as RegExpValue).flags}`;
    case 55:
      return `p${(value as DbPointer).id.toHex()}${(value as DbPointer).namespace}`;
    case 60:
      return `c${(value as Code).code}`;
    case 65:
      return `C${framed((value as Code).code)}${hashDocument((value as Code).scope as Document, collation)}`;
    default:
      return `#${place}`;
  }
}

const framed = (text: string): string => `${text.length}:${text}`;

function hashDocument(doc: Document, collation?: Collation): string {
  const values = doc.values();
  return doc
    .keys()
    .map((key, i) => framed(key) + framed(hashKey(values[i], collation)))
    .join('');
}
