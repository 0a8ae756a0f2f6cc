import { decimalToString } from '../../core/decimal.ts';
import { DateTime, Decimal128, Int32, SymbolValue, Timestamp, type Value } from '../../core/values.ts';
import { ISO_UTC, printDate } from '../dates/format.ts';
import { UTC } from '../dates/zone.ts';
import { nameOfType, refuse } from './arguments.ts';
import { isNullish } from './expression.ts';

/** The decimal exponent from which on MongoDB prints a double scientifically. */
const SCIENTIFIC = 1e16;

function withExponent(mantissa: string, exponent: number): string {
  const digits = String(Math.abs(exponent)).padStart(2, '0');
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${digits}`;
}

/** A double with the fewest digits that give it back, as `$toString` prints it. */
export function printDouble(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value < 0 ? '-Infinity' : 'Infinity';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const size = Math.abs(value);
  if (size >= 1e-4 && size < SCIENTIFIC) return String(value);
  const [mantissa = '', exponent] = value.toExponential().split('e');
  return withExponent(mantissa, Number(exponent));
}

/** A value printed as text where an operator takes anything printable; null and missing are ''. */
export function coerceToString(value: Value | undefined): string {
  if (typeof value === 'string') return value;
  if (isNullish(value)) return '';
  if (typeof value === 'number')
    return printDouble(Number.isFinite(value) ? Number(value.toPrecision(16)) : value);
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Int32) return String(value.value);
  if (value instanceof Decimal128) return decimalToString(value);
  if (value instanceof DateTime) return printDate(value.ms, ISO_UTC, UTC);
  if (value instanceof SymbolValue) return value.value;
  if (value instanceof Timestamp) return `Timestamp(${value.t}, ${value.i})`;
  return refuse(16007, `can't convert from BSON type ${nameOfType(value)} to String`);
}

/** Whether a text has characters beyond the basic plane, whose indexes are not code points. */
export function isAstral(text: string): boolean {
  return /[\ud800-\udfff]/.test(text);
}

export function lengthInCodePoints(text: string): number {
  if (!isAstral(text)) return text.length;
  let length = 0;
  for (const _ of text) length++;
  return length;
}
