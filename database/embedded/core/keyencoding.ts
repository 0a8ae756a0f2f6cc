import type { Collation } from './compare.ts';
import { typePlace } from './compare.ts';
import { Document } from './document.ts';
import { writeNumber } from './keynumbers.ts';
import { KeyWriter } from './keywriter.ts';
import type { NumberValue } from './numbers.ts';
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

/**
 * Bytes whose order (memcmp) is MongoDB's order of values: a byte for the type's place, then the value. No encoding is
 * the beginning of another, so that encodings can be put one after the other in a compound key. Values that are equal
 * have equal encodings, whatever their number types. All first bytes lie between 0x05 and 0xF0, inverted ones
 * between 0x0F and 0xFA: 0x00 and 0xFF are free for bounds before and after everything with a given beginning.
 */

const out = new KeyWriter();

/** Ends a document or an array: before every first byte of a value. */
const END = 0x01;

/** The first byte of every value at a place in the order of types. */
function placeByte(place: number): number {
  if (place < 0) return 0x05;
  return place === 127 ? 0xf0 : 0x08 + place;
}

function putString(text: string, collation: Collation | undefined): void {
  if (collation) out.escaped(Buffer.from(collation.key(text), 'utf16le').swap16());
  else out.text(text);
}

function putDocument(doc: Document, collation: Collation | undefined): void {
  const keys = doc.keys();
  const values = doc.values();
  for (let i = 0; i < keys.length; i++) {
    const value = values[i] as Value;
    const place = typePlace(value);
    out.byte(placeByte(place));
    out.text(keys[i] as string);
    putBody(value, place, collation);
  }
  out.byte(END);
}

function putArray(items: readonly Value[], collation: Collation | undefined): void {
  for (const item of items) putValue(item, collation);
  out.byte(END);
}

function putValue(value: Value, collation: Collation | undefined): void {
  const place = typePlace(value);
  out.byte(placeByte(place));
  putBody(value, place, collation);
}

function putObjectId({ source, offset }: ObjectId): void {
  out.raw(source, offset, offset + 12);
}

function putBody(value: Value, place: number, collation: Collation | undefined): void {
  switch (place) {
    case 10:
      writeNumber(out, value as NumberValue);
      break;
    case 15:
      putString(typeof value === 'string' ? value : (value as SymbolValue).value, collation);
      break;
    case 20:
      putDocument(value as Document, collation);
      break;
    case 25:
      putArray(value as Value[], collation);
      break;
    case 35:
      putObjectId(value as ObjectId);
      break;
    case 40:
      out.byte(value ? 1 : 0);
      break;
    case 45:
      out.long((value as DateTime).wide ?? BigInt((value as DateTime).ms));
      break;
    default:
      putRare(value, place, collation);
  }
}

function putRare(value: Value, place: number, collation: Collation | undefined): void {
  switch (place) {
    case 30:
      out.uint((value as Binary).bytes.length);
      out.byte((value as Binary).subtype);
      out.raw((value as Binary).bytes);
      break;
    case 47:
      out.uint((value as Timestamp).t);
      out.uint((value as Timestamp).i);
      break;
    case 50:
      out.text((value as RegExpValue).pattern);
      out.text((value as RegExpValue).flags);
      break;
    case 55:
      putPointer(value as DbPointer);
      break;
    case 60:
      out.text((value as Code).code);
      break;
    case 65:
      out.text((value as Code).code);
      putDocument((value as Code).scope ?? Document.of(), collation);
      break;
    default:
  }
}

function putPointer({ namespace, id }: DbPointer): void {
  const bytes = Buffer.from(namespace);
  out.uint(bytes.length);
  out.raw(bytes);
  putObjectId(id);
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
  out.at = 0;
  for (let i = 0; i < values.length; i++) {
    const start = out.at;
    putValue(values[i] as Value, collation);
    if (descending[i]) out.invert(start);
  }
  const truncated = out.at > limit;
  return { bytes: out.take(truncated ? limit : out.at), truncated };
}
