import type { Document } from './document.ts';
import { fail } from './errors.ts';
import type { Value } from './values.ts';
import {
  Binary,
  DateTime,
  DbPointer,
  Decimal128,
  int32,
  MAX_KEY,
  MIN_KEY,
  ObjectId,
  RegExpValue,
  SymbolValue,
  Timestamp,
  UNDEFINED,
} from './values.ts';

/** Reading single values out of BSON bytes that have been validated (see validate.ts); containers are document.ts. */

export function readInt(buf: Buffer, p: number): number {
  return (
    (buf[p] as number) |
    ((buf[p + 1] as number) << 8) |
    ((buf[p + 2] as number) << 16) |
    ((buf[p + 3] as number) << 24)
  );
}

/** The index of the zero byte that ends the C string at `p`. */
export function cstringEnd(buf: Buffer, p: number): number {
  let end = p;
  while (buf[end] !== 0) end++;
  return end;
}

/** Where the value of `type` at `p` ends. */
export function valueEnd(buf: Buffer, type: number, p: number): number {
  switch (type) {
    case 2:
    case 13:
    case 14:
      return p + 4 + readInt(buf, p);
    case 16:
      return p + 4;
    case 1:
    case 9:
    case 17:
    case 18:
      return p + 8;
    case 7:
      return p + 12;
    case 3:
    case 4:
    case 15:
      return p + readInt(buf, p);
    case 8:
      return p + 1;
    case 5:
      return p + 5 + readInt(buf, p);
    case 19:
      return p + 16;
    case 11:
      return cstringEnd(buf, cstringEnd(buf, p) + 1) + 1;
    case 12:
      return p + 4 + readInt(buf, p) + 12;
    default:
      return p;
  }
}

const SHORT = 8;

/** Short ASCII texts are put together here: a native call costs more than the loop. */
function readText(buf: Buffer, start: number, end: number): string {
  if (end - start <= SHORT) {
    let text = '';
    let p = start;
    for (; p < end; p++) {
      const c = buf[p] as number;
      if (c > 127) break;
      text += String.fromCharCode(c);
    }
    if (p === end) return text;
  }
  return buf.toString('utf8', start, end);
}

const NAME_SLOTS = 2048;
const names: string[] = new Array(NAME_SLOTS).fill('');

/** A field name; names repeat, so they come from a small direct-mapped cache of ASCII names. */
export function readName(buf: Buffer, start: number, end: number): string {
  let hash = end - start;
  for (let p = start; p < end; p++) hash = (Math.imul(hash, 31) + (buf[p] as number)) | 0;
  const slot = (hash ^ (hash >>> 11)) & (NAME_SLOTS - 1);
  const cached = names[slot] as string;
  if (sameAscii(cached, buf, start, end)) return cached;
  const name = buf.toString('utf8', start, end);
  if (name.length === end - start && name.length <= 64) names[slot] = name;
  return name;
}

function sameAscii(text: string, buf: Buffer, start: number, end: number): boolean {
  const length = end - start;
  if (text.length !== length) return false;
  for (let i = 0; i < length; i++) if (text.charCodeAt(i) !== buf[start + i]) return false;
  return true;
}

/** The value of a scalar type at `p`. */
export function readScalar(buf: Buffer, type: number, p: number): Value {
  switch (type) {
    case 1:
      return buf.readDoubleLE(p);
    case 2:
      return readText(buf, p + 4, p + 3 + readInt(buf, p));
    case 7:
      return new ObjectId(buf, p);
    case 8:
      return buf[p] === 1;
    case 9:
      return readDate(buf, p);
    case 10:
      return null;
    case 16:
      return int32(readInt(buf, p));
    case 18:
      return buf.readBigInt64LE(p);
    default:
      return readRareScalar(buf, type, p);
  }
}

function readDate(buf: Buffer, p: number): DateTime {
  const ms = buf.readInt32LE(p + 4) * 4294967296 + buf.readUInt32LE(p);
  return Number.isSafeInteger(ms) ? new DateTime(ms) : new DateTime(ms, buf.readBigInt64LE(p));
}

function readRareScalar(buf: Buffer, type: number, p: number): Value {
  switch (type) {
    case 5:
      return new Binary(buf.subarray(p + 5, p + 5 + readInt(buf, p)), buf[p + 4]);
    case 6:
      return UNDEFINED;
    case 11: {
      const end = cstringEnd(buf, p);
      return new RegExpValue(buf.toString('utf8', p, end), readText(buf, end + 1, cstringEnd(buf, end + 1)));
    }
    case 12: {
      const end = p + 4 + readInt(buf, p);
      return new DbPointer(buf.toString('utf8', p + 4, end - 1), new ObjectId(buf, end));
    }
    case 14:
      return new SymbolValue(readText(buf, p + 4, p + 3 + readInt(buf, p)));
    case 17:
      return new Timestamp(buf.readUInt32LE(p + 4), buf.readUInt32LE(p));
    case 19:
      return new Decimal128(buf.subarray(p, p + 16));
    case 255:
      return MIN_KEY;
    case 127:
      return MAX_KEY;
    default:
      return fail(22, 'InvalidBSON', `Unrecognized BSON type ${type}`);
  }
}

/** What the encoder needs of a document; document.ts fulfils it. */
export type Encodable = Pick<Document, 'rawBytes' | 'eachField'>;
