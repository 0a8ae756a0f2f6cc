import type { Collation } from './compare.ts';
import { typePlace } from './compare.ts';
import { Document } from './document.ts';
import { compareNumbers, exactly, type NumberValue, toDouble } from './numbers.ts';
import { copyBytes } from './raw.ts';
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
import { Int32 } from './values.ts';

/**
 * Bytes whose order (memcmp) is MongoDB's order of values: a byte for the type's place, then the value. No encoding is
 * the beginning of another, so that encodings can be put one after the other in a compound key. Values that are equal
 * have equal encodings, whatever their number types. All first bytes lie between 0x05 and 0xF0, inverted ones
 * between 0x0F and 0xFA: 0x00 and 0xFF are free for bounds before and after everything with a given beginning.
 */

let out = Buffer.allocUnsafe(1 << 12);
let at = 0;

function room(bytes: number): void {
  if (at + bytes <= out.length) return;
  const larger = Buffer.allocUnsafe(Math.max(out.length * 2, at + bytes));
  out.copy(larger, 0, 0, at);
  out = larger;
}

function put(byte: number): void {
  room(1);
  out[at++] = byte;
}

/** Ends a document or an array: before every first byte of a value. */
const END = 0x01;

/** The first byte of every value at a place in the order of types. */
function placeByte(place: number): number {
  if (place < 0) return 0x05;
  return place === 127 ? 0xf0 : 0x08 + place;
}

/** Bytes with an end mark that sorts before any continuation: 0 becomes 0 255, the end is 0 1. */
function putEscaped(bytes: Buffer): void {
  room(bytes.length * 2 + 2);
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    out[at++] = byte;
    if (byte === 0) out[at++] = 0xff;
  }
  out[at++] = 0;
  out[at++] = 1;
}

/** Texts by their UTF-8 bytes; ASCII in a loop, which is most of them. */
function putText(text: string): void {
  const length = text.length;
  room(length + 2);
  const start = at;
  for (let i = 0; i < length; i++) {
    const c = text.charCodeAt(i);
    if (c > 127 || c === 0) {
      at = start;
      putEscaped(Buffer.from(text, 'utf8'));
      return;
    }
    out[at++] = c;
  }
  out[at++] = 0;
  out[at++] = 1;
}

function putCollated(text: string, collation: Collation): void {
  putEscaped(Buffer.from(collation.key(text), 'utf16le').swap16());
}

const NAN = 1;
const NEGATIVE = 2;
const ZERO = 3;
const POSITIVE = 4;

/** A number: its sign, the greatest double that is not above its magnitude, and what is left, exactly. */
function putNumber(value: NumberValue): void {
  if (value instanceof Int32) {
    putDouble(value.value);
  } else if (typeof value === 'number') {
    putDouble(value);
  } else {
    const near = towardZero(value);
    if (compareNumbers(near, value) === 0) putDouble(near);
    else putBetween(value, near);
  }
}

function putDouble(n: number): void {
  if (n === 0 || Number.isNaN(n)) {
    put(n === 0 ? ZERO : NAN);
    return;
  }
  room(10);
  const start = at;
  out[at++] = n < 0 ? NEGATIVE : POSITIVE;
  at = out.writeDoubleBE(Math.abs(n), at);
  out[at++] = 0;
  if (n < 0) invert(start + 1);
}

const bits = new DataView(new ArrayBuffer(8));

function towardZero(value: NumberValue): number {
  const near = toDouble(value);
  if (Number.isNaN(near) || near === 0) return near;
  const magnitude = Math.abs(near);
  const order = compareNumbers(near, value);
  const above = near > 0 ? order > 0 : order < 0;
  if (!above) return near;
  bits.setFloat64(0, magnitude);
  bits.setBigUint64(0, bits.getBigUint64(0) - 1n);
  return Math.sign(near) * bits.getFloat64(0);
}

/** A number between two doubles: after the lower one comes its decimal expansion, which is finite. */
function putBetween(value: bigint | Exclude<NumberValue, number | Int32>, near: number): void {
  const { rank, digits, exponent } = exactly(value);
  room(13 + digits.length);
  const start = at;
  out[at++] = rank < 0 ? NEGATIVE : POSITIVE;
  at = out.writeDoubleBE(Math.abs(near), at);
  out[at++] = 1;
  at = out.writeUInt16BE(exponent + 20000, at);
  for (let i = 0; i < digits.length; i += 2) {
    out[at++] = Number(digits.slice(i, i + 2).padEnd(2, '0')) + 1;
  }
  out[at++] = 0;
  if (rank < 0) invert(start + 1);
}

function invert(start: number): void {
  for (let i = start; i < at; i++) out[i] = ~(out[i] as number) & 0xff;
}

function putDate(value: DateTime): void {
  room(8);
  const wide = value.wide ?? BigInt(value.ms);
  at = out.writeBigInt64BE(wide, at);
  out[at - 8] = (out[at - 8] as number) ^ 0x80;
}

function putUInt(n: number): void {
  room(4);
  at = out.writeUInt32BE(n, at);
}

function putRaw(bytes: Buffer): void {
  room(bytes.length);
  at += bytes.copy(out, at);
}

function putObjectId({ source, offset }: ObjectId): void {
  room(12);
  at = copyBytes(source, offset, offset + 12, out, at);
}

function putDocument(doc: Document, collation: Collation | undefined): void {
  const keys = doc.keys();
  const values = doc.values();
  for (let i = 0; i < keys.length; i++) {
    const value = values[i] as Value;
    const place = typePlace(value);
    put(placeByte(place));
    putText(keys[i] as string);
    putBody(value, place, collation);
  }
  put(END);
}

function putValue(value: Value, collation: Collation | undefined): void {
  const place = typePlace(value);
  put(placeByte(place));
  putBody(value, place, collation);
}

function putBinary(value: Binary): void {
  putUInt(value.bytes.length);
  put(value.subtype);
  putRaw(value.bytes);
}

function putString(text: string, collation: Collation | undefined): void {
  if (collation) putCollated(text, collation);
  else putText(text);
}

function putBody(value: Value, place: number, collation: Collation | undefined): void {
  switch (place) {
    case 10:
      putNumber(value as NumberValue);
      break;
    case 15:
      putString(typeof value === 'string' ? value : (value as SymbolValue).value, collation);
      break;
    case 20:
      putDocument(value as Document, collation);
      break;
    case 25:
      for (const item of value as Value[]) putValue(item, collation);
      put(END);
      break;
    case 35:
      putObjectId(value as ObjectId);
      break;
    case 40:
      put(value ? 1 : 0);
      break;
    case 45:
      putDate(value as DateTime);
      break;
    default:
      putRare(value, place, collation);
  }
}

function putRare(value: Value, place: number, collation: Collation | undefined): void {
  switch (place) {
    case 30:
      putBinary(value as Binary);
      break;
    case 47:
      putUInt((value as Timestamp).t);
      putUInt((value as Timestamp).i);
      break;
    case 50:
      putText((value as RegExpValue).pattern);
      putText((value as RegExpValue).flags);
      break;
    case 55: {
      const namespace = Buffer.from((value as DbPointer).namespace);
      putUInt(namespace.length);
      putRaw(namespace);
      putRaw((value as DbPointer).id.bytes);
      break;
    }
    case 60:
      putText((value as Code).code);
      break;
    case 65:
      putText((value as Code).code);
      putDocument((value as Code).scope ?? Document.of(), collation);
      break;
    default:
  }
}

/** A key, and whether it was cut: then values beyond the cut share it, and the document itself must be asked. */
export interface EncodedKey {
  readonly bytes: Buffer;
  readonly truncated: boolean;
}

/**
 * The key of one or several values; `descending[i]` turns the i-th around. A key longer than `limit` is cut there,
 * which keeps the order but no longer tells all values apart.
 */
export function encodeKey(
  values: readonly Value[],
  descending: readonly boolean[] = [],
  collation?: Collation,
  limit = Number.POSITIVE_INFINITY,
): EncodedKey {
  at = 0;
  for (let i = 0; i < values.length; i++) {
    const start = at;
    putValue(values[i] as Value, collation);
    if (descending[i]) invert(start);
  }
  const truncated = at > limit;
  const bytes = Buffer.allocUnsafe(truncated ? limit : at);
  out.copy(bytes, 0, 0, bytes.length);
  return { bytes, truncated };
}
