import { decimalParts, exactDouble } from './decimal.ts';
import { decimalToDouble } from './decimalmath.ts';
import type { Value } from './values.ts';
import { Decimal128, Int32 } from './values.ts';

/** The four number types of BSON. */
export type NumberValue = Int32 | bigint | number | Decimal128;

export function isNumber(value: Value | undefined): value is NumberValue {
  if (typeof value === 'number' || typeof value === 'bigint') return true;
  return value instanceof Int32 || value instanceof Decimal128;
}

/** Whether a number is NaN, of whichever type. */
export function isNaNValue(value: Value | undefined): boolean {
  if (typeof value === 'number') return Number.isNaN(value);
  return value instanceof Decimal128 && decimalParts(value).kind === 'nan';
}

/** The nearest double of any number. */
export function toDouble(value: NumberValue): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  return value instanceof Int32 ? value.value : decimalToDouble(value);
}

/** The exact integer a number of any type is, or undefined when it has a fraction or is no finite number. */
export function toExactInteger(value: NumberValue): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (value instanceof Int32) return BigInt(value.value);
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined;
  const parts = decimalParts(value);
  if (parts.kind !== 'finite') return undefined;
  if (parts.coefficient === 0n) return 0n;
  if (parts.exponent > 40) return undefined;
  const unit = 10n ** BigInt(Math.abs(parts.exponent));
  if (parts.exponent < 0 && parts.coefficient % unit !== 0n) return undefined;
  const magnitude = parts.exponent < 0 ? parts.coefficient / unit : parts.coefficient * unit;
  return parts.negative ? -magnitude : magnitude;
}

type Comparable = number | bigint;

/** Compares two numbers exactly, whatever their types; NaN equals NaN and comes first, -0 equals 0. */
export function compareNumbers(a: NumberValue, b: NumberValue): number {
  const x = a instanceof Int32 ? a.value : a;
  const y = b instanceof Int32 ? b.value : b;
  if (typeof x === 'object' || typeof y === 'object') return compareWithDecimal(x, y);
  if (x < y) return -1;
  if (x > y) return 1;
  // Loose equality is exact between a bigint and a double.
  // biome-ignore lint/suspicious/noDoubleEquals: `===` never holds between a bigint and a number
  if (x == y) return 0;
  return Number(Number.isNaN(y)) - Number(Number.isNaN(x));
}

function compareWithDecimal(a: Comparable | Decimal128, b: Comparable | Decimal128): number {
  const x = exactly(a);
  const y = exactly(b);
  if (x.rank !== y.rank) return x.rank < y.rank ? -1 : 1;
  if (x.rank !== -1 && x.rank !== 1) return 0;
  return x.rank * compareMagnitudes(x, y);
}

/** A number as digits · 10^exponent; rank: NaN -3, -Infinity -2, negative -1, zero 0, positive 1, Infinity 2. */
interface Exact {
  readonly rank: number;
  readonly digits: string;
  readonly exponent: number;
}

const special = (rank: number): Exact => ({ rank, digits: '', exponent: 0 });

function normalised(negative: boolean, coefficient: bigint, exponent: number): Exact {
  if (coefficient === 0n) return special(0);
  const text = coefficient.toString();
  const digits = text.replace(/0+$/, '');
  return { rank: negative ? -1 : 1, digits, exponent: exponent + text.length };
}

/** Any number in one exact form: 0.DIGITS · 10^exponent, without trailing zeros. */
export function exactly(value: NumberValue): Exact {
  if (value instanceof Int32) return exactly(value.value);
  if (typeof value === 'bigint') return normalised(value < 0n, value < 0n ? -value : value, 0);
  if (typeof value === 'number') {
    if (Number.isNaN(value)) return special(-3);
    if (!Number.isFinite(value)) return special(value < 0 ? -2 : 2);
    const [coefficient, exponent] = exactDouble(Math.abs(value));
    return normalised(value < 0, coefficient, exponent);
  }
  const parts = decimalParts(value);
  if (parts.kind === 'nan') return special(-3);
  if (parts.kind === 'infinite') return special(parts.negative ? -2 : 2);
  return normalised(parts.negative, parts.coefficient, parts.exponent);
}

function compareMagnitudes(x: Exact, y: Exact): number {
  if (x.exponent !== y.exponent) return x.exponent < y.exponent ? -1 : 1;
  if (x.digits === y.digits) return 0;
  return x.digits < y.digits ? -1 : 1;
}

/** One text for all numbers that are equal, whatever their types. */
export function numberKey(value: NumberValue): string {
  if (value instanceof Int32) return String(value.value);
  if (typeof value === 'number') return String(value === 0 ? 0 : value);
  const near = toDouble(value);
  if (Number.isNaN(near)) return 'NaN';
  if (compareNumbers(value, near) === 0) return String(near === 0 ? 0 : near);
  const exact = exactly(value);
  return `${exact.rank < 0 ? '-' : ''}.${exact.digits}e${exact.exponent}`;
}
