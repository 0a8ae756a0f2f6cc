import type { Document } from './document.ts';

/**
 * The values of BSON as this database holds them. A JS `number` is always a BSON double, a `bigint` always an
 * int64; int32 is boxed. JS `undefined` means "missing" and is never stored. All values are immutable by
 * convention, except a Document one has cloned oneself.
 */
export type Value =
  | null
  | boolean
  | string
  | number
  | bigint
  | Int32
  | Decimal128
  | Document
  | Value[]
  | ObjectId
  | Binary
  | DateTime
  | RegExpValue
  | Timestamp
  | Code
  | SymbolValue
  | DbPointer
  | Undefined
  | MinKey
  | MaxKey;

/** The type bytes of https://bsonspec.org/spec.html; MinKey is -1 here as in `$type`. */
export const BSON = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
} as const;

type BsonType = (typeof BSON)[keyof typeof BSON];

/** The names `$type` and error messages use, by type number. */
export const typeNames: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries(BSON).map(([name, number]) => [number, name]),
);

export class Int32 {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
  get bsonType(): 16 {
    return 16;
  }
}

const SMALLEST_INTERNED = -128;
const interned = Array.from({ length: 1152 }, (_, i) => new Int32(i + SMALLEST_INTERNED));

/** The boxed int32 of an integer within [-2^31, 2^31). */
export function int32(n: number): Int32 {
  return interned[n - SMALLEST_INTERNED] ?? new Int32(n | 0);
}

/** Twelve bytes, kept as a place in a buffer so that reading one copies nothing. */
export class ObjectId {
  readonly source: Buffer;
  readonly offset: number;
  constructor(source: Buffer, offset = 0) {
    this.source = source;
    this.offset = offset;
  }
  get bsonType(): 7 {
    return 7;
  }
  get bytes(): Buffer {
    return this.source.subarray(this.offset, this.offset + 12);
  }
  toHex(): string {
    return this.source.toString('hex', this.offset, this.offset + 12);
  }
}

/** The payload as it stands in the document: subtype 2 keeps its inner length in `bytes`. */
export class Binary {
  readonly subtype: number;
  readonly bytes: Buffer;
  constructor(bytes: Buffer, subtype = 0) {
    this.bytes = bytes;
    this.subtype = subtype;
  }
  get bsonType(): 5 {
    return 5;
  }
}

/** Milliseconds since 1970; `wide` holds the exact value where a double cannot. */
export class DateTime {
  readonly ms: number;
  readonly wide: bigint | undefined;
  constructor(ms: number, wide?: bigint) {
    this.ms = ms;
    this.wide = wide;
  }
  get bsonType(): 9 {
    return 9;
  }
}

/** A regular expression as stored; `flags` in alphabetical order. */
export class RegExpValue {
  readonly pattern: string;
  readonly flags: string;
  constructor(pattern: string, flags = '') {
    this.pattern = pattern;
    this.flags = flags;
  }
  get bsonType(): 11 {
    return 11;
  }
}

/** Seconds `t` and increment `i`, both unsigned 32-bit. */
export class Timestamp {
  readonly t: number;
  readonly i: number;
  constructor(t: number, i: number) {
    this.t = t;
    this.i = i;
  }
  get bsonType(): 17 {
    return 17;
  }
}

export class Code {
  readonly code: string;
  readonly scope: Document | undefined;
  constructor(code: string, scope?: Document) {
    this.code = code;
    this.scope = scope;
  }
  get bsonType(): 13 | 15 {
    return this.scope === undefined ? 13 : 15;
  }
}

export class SymbolValue {
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
  get bsonType(): 14 {
    return 14;
  }
}

export class DbPointer {
  readonly namespace: string;
  readonly id: ObjectId;
  constructor(namespace: string, id: ObjectId) {
    this.namespace = namespace;
    this.id = id;
  }
  get bsonType(): 12 {
    return 12;
  }
}

/** IEEE 754-2008 decimal128 in BSON's encoding (little-endian, binary integer significand). */
export class Decimal128 {
  readonly bytes: Buffer;
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
  get bsonType(): 19 {
    return 19;
  }
}

export class Undefined {
  get bsonType(): 6 {
    return 6;
  }
}

export class MinKey {
  get bsonType(): -1 {
    return -1;
  }
}

export class MaxKey {
  get bsonType(): 127 {
    return 127;
  }
}

export const UNDEFINED = new Undefined();
export const MIN_KEY = new MinKey();
export const MAX_KEY = new MaxKey();

/** The BSON type number of a value. */
export function typeOf(value: Value): BsonType {
  switch (typeof value) {
    case 'number':
      return 1;
    case 'string':
      return 2;
    case 'boolean':
      return 8;
    case 'bigint':
      return 18;
    default:
      if (value === null) return 10;
      return Array.isArray(value) ? 4 : value.bsonType;
  }
}
