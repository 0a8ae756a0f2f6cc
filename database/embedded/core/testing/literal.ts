import { decimalToString, parseDecimal } from '../decimal.ts';
import { Document } from '../document.ts';
import { show } from '../show.ts';
import type { Value } from '../values.ts';
import { DateTime, Decimal128, Int32, int32, ObjectId, RegExpValue } from '../values.ts';

/** Test literals: `1` is an int32, `1.5` a double, the rest is spelled. */
export class Double {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

export const double = (value: number): Double => new Double(value);

export function decimal(text: string): Decimal128 {
  const value = parseDecimal(text);
  if (value === undefined) throw new Error(`no decimal: ${text}`);
  return value;
}

export const oid = (hex: string): ObjectId => new ObjectId(Buffer.from(hex.padStart(24, '0'), 'hex'));

export const date = (ms: number): DateTime => new DateTime(ms);

function isPlain(literal: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(literal);
  return prototype === Object.prototype || prototype === null;
}

/** The value a JavaScript literal stands for; values of the database stay as they are. */
export function value(literal: unknown): Value {
  if (typeof literal === 'number') {
    const fits = (literal | 0) === literal && !Object.is(literal, -0);
    return fits ? int32(literal) : literal;
  }
  if (literal instanceof Double) return literal.value;
  if (literal instanceof RegExp) return new RegExpValue(literal.source, literal.flags);
  if (Array.isArray(literal)) return literal.map(value);
  if (typeof literal === 'object' && literal !== null && isPlain(literal)) return doc(literal);
  return literal as Value;
}

export function doc(literal: object): Document {
  return Document.of(Object.entries(literal).map(([name, item]) => [name, value(item)]));
}

/** A document as it comes from storage: on raw bytes. */
export function stored(literal: object): Document {
  return Document.fromBytes(doc(literal).toBytes());
}

/** A value as a text that tells types apart: 1, 1.0, 1L, 1M. */
export function text(item: Value | undefined): string {
  if (typeof item === 'bigint') return `${item}L`;
  if (item instanceof Decimal128) return `${decimalToString(item)}M`;
  if (item instanceof Int32) return String(item.value);
  if (Array.isArray(item)) return `[${item.map(text).join(', ')}]`;
  if (!(item instanceof Document)) return show(item);
  return `{${item
    .entries()
    .map(([name, field]) => `${name}: ${text(field)}`)
    .join(', ')}}`;
}
