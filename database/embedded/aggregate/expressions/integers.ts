import { decimalFromDouble, decimalFromInteger } from '../../core/decimal.ts';
import { isNumber, type NumberValue, toDouble, toExactInteger } from '../../core/numbers.ts';
import { Decimal128, Int32, int32, type Value } from '../../core/values.ts';

const INT_MIN = -2_147_483_648;
const INT_MAX = 2_147_483_647;
export const LONG_MIN = -(2n ** 63n);
export const LONG_MAX = 2n ** 63n - 1n;

/** The number types in the order in which they widen: int 0, long 1, double 2, decimal 3. */
export function widthOf(value: NumberValue): 0 | 1 | 2 | 3 {
  if (typeof value === 'number') return 2;
  if (typeof value === 'bigint') return 1;
  return value instanceof Int32 ? 0 : 3;
}

export function fitsInt(n: number | bigint): boolean {
  return n >= INT_MIN && n <= INT_MAX;
}

export function fitsLong(n: bigint): boolean {
  return n >= LONG_MIN && n <= LONG_MAX;
}

/** An int when it fits, else a long. */
export function intOrLong(n: bigint | number): Int32 | bigint {
  return fitsInt(n) ? int32(Number(n)) : BigInt(n);
}

/** An integer of either type as bigint. */
export function bigOf(value: Int32 | bigint): bigint {
  return typeof value === 'bigint' ? value : BigInt(value.value);
}

/** Any number as decimal; doubles keep 15 significant digits, as MongoDB's arithmetic does. */
export function toDecimal(value: NumberValue): Decimal128 {
  if (value instanceof Decimal128) return value;
  return typeof value === 'number' ? decimalFromDouble(value) : decimalFromInteger(bigOf(value));
}

/** The number as a JS integer when it is one within 32 bits, of whatever type; else undefined. */
export function asInt(value: Value | undefined): number | undefined {
  if (value instanceof Int32) return value.value;
  if (typeof value === 'number') return Number.isInteger(value) && fitsInt(value) ? value : undefined;
  const exact = isNumber(value) ? toExactInteger(value) : undefined;
  return exact !== undefined && fitsInt(exact) ? Number(exact) : undefined;
}

/** The number as bigint when it is an integer within 64 bits, of whatever type; else undefined. */
export function asLong(value: Value | undefined): bigint | undefined {
  const exact = isNumber(value) ? toExactInteger(value) : undefined;
  return exact !== undefined && fitsLong(exact) ? exact : undefined;
}

/** A number printed as MongoDB's messages print one. */
export function printNumber(value: NumberValue): string {
  return String(toDouble(value));
}
