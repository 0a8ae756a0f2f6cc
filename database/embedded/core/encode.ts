import type { Encodable } from './bson.ts';
import { fail } from './errors.ts';
import { copyBytes } from './raw.ts';
import type { Binary, Code, DateTime, Int32, ObjectId, Value } from './values.ts';
import { typeOf } from './values.ts';

/** MongoDB's server cannot handle a document nested deeper than this, even in flight (BSONDepth). */
export const MAX_DEPTH = 200;

let out: Buffer = Buffer.allocUnsafe(1 << 16);
let at = 0;
let depth = 0;

function room(bytes: number): void {
  if (at + bytes <= out.length) return;
  const larger = Buffer.allocUnsafe(Math.max(out.length * 2, at + bytes));
  out.copy(larger, 0, 0, at);
  out = larger;
}

function putInt(n: number): void {
  room(4);
  out.writeInt32LE(n, at);
  at += 4;
}

/** Writes text as UTF-8 without an end mark; short ASCII in a loop, which beats the native call. */
function putText(text: string): void {
  const length = text.length;
  room(length * 3 + 1);
  if (length <= 24) {
    let i = 0;
    for (; i < length; i++) {
      const c = text.charCodeAt(i);
      if (c > 127) break;
      out[at + i] = c;
    }
    if (i === length) {
      at += length;
      return;
    }
  }
  at += out.write(text, at, 'utf8');
}

function putCstring(text: string): void {
  const start = at;
  putText(text);
  for (let p = start; p < at; p++) {
    if (out[p] === 0) fail(2, 'BadValue', 'A C string cannot contain a null byte');
  }
  out[at++] = 0;
}

function putString(text: string): void {
  const start = at;
  putInt(0);
  putText(text);
  room(1);
  out[at++] = 0;
  out.writeInt32LE(at - start - 4, start);
}

function putBytes(bytes: Buffer): void {
  room(bytes.length);
  at = copyBytes(bytes, 0, bytes.length, out, at);
}

function putArray(items: readonly Value[]): void {
  const start = open();
  for (let i = 0; i < items.length; i++) putElement(String(i), items[i] as Value);
  close(start);
}

function putDocument(doc: Encodable): void {
  const raw = doc.rawBytes();
  if (raw) {
    putBytes(raw);
    return;
  }
  const start = open();
  doc.eachField(putRaw, putElement);
  close(start);
}

function putRaw(source: Buffer, start: number, end: number): void {
  room(end - start);
  at = copyBytes(source, start, end, out, at);
}

function open(): number {
  if (++depth > MAX_DEPTH) fail(15, 'Overflow', `BSONObj exceeds maximum nested object depth: ${MAX_DEPTH}`);
  const start = at;
  putInt(0);
  return start;
}

function close(start: number): void {
  room(1);
  out[at++] = 0;
  out.writeInt32LE(at - start, start);
  depth--;
}

function putElement(name: string, value: Value): void {
  room(1);
  out[at++] = typeOf(value) & 0xff;
  putCstring(name);
  putValue(value);
}

function putValue(value: Value): void {
  switch (typeof value) {
    case 'string':
      putString(value);
      return;
    case 'number':
      room(8);
      at = out.writeDoubleLE(value, at);
      return;
    case 'bigint':
      room(8);
      at = out.writeBigInt64LE(value, at);
      return;
    case 'boolean':
      room(1);
      out[at++] = value ? 1 : 0;
      return;
    default:
      if (value === null) return;
      if (Array.isArray(value)) {
        putArray(value);
        return;
      }
      putBoxed(value);
  }
}

type Boxed = Exclude<Value, null | boolean | string | number | bigint | Value[]>;

function putBoxed(value: Boxed): void {
  switch (value.bsonType) {
    case 3:
      putDocument(value);
      return;
    case 16:
      putInt((value as Int32).value);
      return;
    case 7:
      putObjectId(value);
      return;
    case 9:
      putDate(value);
      return;
    case 5:
      putBinary(value);
      return;
    case 19:
      putBytes(value.bytes);
      return;
    case 17:
      putInt(value.i | 0);
      putInt(value.t | 0);
      return;
    case 11:
      putCstring(value.pattern);
      putCstring(value.flags);
      return;
    case 14:
      putString(value.value);
      return;
    case 13:
    case 15:
      putCode(value as Code);
      return;
    case 12:
      putString(value.namespace);
      putObjectId(value.id);
      return;
    default:
      return;
  }
}

function putObjectId({ source, offset }: ObjectId): void {
  room(12);
  at = copyBytes(source, offset, offset + 12, out, at);
}

function putDate(value: DateTime): void {
  room(8);
  if (value.wide !== undefined) {
    at = out.writeBigInt64LE(value.wide, at);
    return;
  }
  const high = Math.floor(value.ms / 4294967296);
  out.writeUInt32LE(value.ms - high * 4294967296, at);
  at = out.writeInt32LE(high, at + 4);
}

function putBinary(value: Binary): void {
  putInt(value.bytes.length);
  room(1);
  out[at++] = value.subtype;
  putBytes(value.bytes);
}

function putCode(value: Code): void {
  if (value.scope === undefined) {
    putString(value.code);
    return;
  }
  const start = at;
  putInt(0);
  putString(value.code);
  putDocument(value.scope);
  out.writeInt32LE(at - start, start);
}

/**
 * The BSON bytes of a document; untouched parts are copied as they are.
 * Throws 15 Overflow beyond MAX_DEPTH built levels, 2 BadValue for a null byte in a field name.
 */
export function encodeDocument(doc: Encodable): Buffer {
  at = 0;
  depth = 0;
  putDocument(doc);
  const bytes = Buffer.allocUnsafe(at);
  out.copy(bytes, 0, 0, at);
  if (out.length > 1 << 22) out = Buffer.allocUnsafe(1 << 16);
  return bytes;
}
