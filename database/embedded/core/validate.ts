import { cstringEnd, valueEnd } from './bson.ts';
import { Document } from './document.ts';
import { MAX_DEPTH } from './encode.ts';
import { fail } from './errors.ts';
import type { Value } from './values.ts';

/** The deepest document a collection stores (BSONDepth::getMaxDepthForUserStorage). */
const MAX_STORED_DEPTH = 180;

/**
 * Checks that the bytes at `start` are one well-formed BSON document that ends at or before `limit`, and gives
 * the place after it. Everything else in the core trusts bytes that went through here.
 * Throws 22 InvalidBSON, or 15 Overflow beyond 200 levels.
 */
export function validateBson(buf: Buffer, start = 0, limit = buf.length): number {
  return checkDocument(buf, start, limit, 1);
}

function invalid(what: string): never {
  return fail(22, 'InvalidBSON', what);
}

function int(buf: Buffer, p: number, limit: number): number {
  if (p + 4 > limit) invalid('Not enough bytes for a length');
  return buf.readInt32LE(p);
}

function checkDocument(buf: Buffer, start: number, limit: number, depth: number): number {
  if (depth > MAX_DEPTH) fail(15, 'Overflow', `BSONObj exceeds maximum nested object depth: ${MAX_DEPTH}`);
  const length = int(buf, start, limit);
  const end = start + length;
  if (length < 5 || end > limit) invalid(`incorrect BSON length ${length}`);
  let p = start + 4;
  while (p < end - 1) {
    const type = buf[p] as number;
    if (type === 0) invalid('BSON document ends before its length');
    const name = zero(buf, p + 1, end - 1);
    p = checkValue(buf, type, name + 1, end - 1, depth);
  }
  if (p !== end - 1 || buf[p] !== 0) invalid('BSON document is not terminated');
  return end;
}

/** The zero byte that ends a C string before `limit`. */
function zero(buf: Buffer, p: number, limit: number): number {
  let end = p;
  while (end < limit && buf[end] !== 0) end++;
  if (end >= limit) invalid('Not null terminated string');
  return end;
}

function fixed(p: number, size: number, limit: number): number {
  if (p + size > limit) invalid('BSON value exceeds its document');
  return p + size;
}

function checkString(buf: Buffer, p: number, limit: number): number {
  const length = int(buf, p, limit);
  const end = p + 4 + length;
  if (length < 1 || end > limit) invalid('Invalid string length');
  if (buf[end - 1] !== 0) invalid('Not null terminated string');
  return end;
}

const sizes: Readonly<Record<number, number>> = {
  1: 8,
  6: 0,
  7: 12,
  9: 8,
  10: 0,
  16: 4,
  17: 8,
  18: 8,
  19: 16,
  127: 0,
  255: 0,
};

function checkValue(buf: Buffer, type: number, p: number, limit: number, depth: number): number {
  const size = sizes[type];
  if (size !== undefined) return fixed(p, size, limit);
  switch (type) {
    case 2:
    case 13:
    case 14:
      return checkString(buf, p, limit);
    case 3:
    case 4:
      return checkDocument(buf, p, limit, depth + 1);
    case 5: {
      const length = int(buf, p, limit);
      if (length < 0) invalid('Invalid binary length');
      return fixed(p, 5 + length, limit);
    }
    case 8:
      if (fixed(p, 1, limit) && (buf[p] as number) > 1) invalid('BSON bool is neither false nor true');
      return p + 1;
    case 11:
      return zero(buf, zero(buf, p, limit) + 1, limit) + 1;
    case 12:
      return fixed(checkString(buf, p, limit), 12, limit);
    case 15: {
      const length = int(buf, p, limit);
      const end = fixed(p, Math.max(length, 0), limit);
      const scope = checkString(buf, p + 4, end);
      if (length < 14 || checkDocument(buf, scope, end, depth + 1) !== end) invalid('Invalid CodeWScope');
      return end;
    }
    default:
      return invalid(`Unrecognized BSON type ${type}`);
  }
}

/**
 * Throws 15 Overflow when a value is too deep to be stored. Its level is 1 for a field of a stored document, 0 for
 * the document itself.
 */
export function checkDepth(value: Value, level = 0): void {
  if (level > MAX_STORED_DEPTH) tooDeep();
  if (Array.isArray(value)) {
    for (const item of value) checkDepth(item, level + 1);
  } else if (value instanceof Document) {
    const raw = value.rawBytes();
    if (raw) checkRawDepth(raw, 0, level + 1);
    else for (const item of value.values()) checkDepth(item, level + 1);
  }
}

function tooDeep(): never {
  return fail(15, 'Overflow', `Document exceeds maximum nesting depth of ${MAX_STORED_DEPTH}`);
}

function checkRawDepth(buf: Buffer, start: number, level: number): void {
  let p = start + 4;
  for (let type = buf[p] as number; type !== 0; type = buf[p] as number) {
    if (level > MAX_STORED_DEPTH) tooDeep();
    const value = cstringEnd(buf, p + 1) + 1;
    if (type === 3 || type === 4) checkRawDepth(buf, value, level + 1);
    p = valueEnd(buf, type, value);
  }
}
