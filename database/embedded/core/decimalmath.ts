import type { DecimalParts } from './decimal.ts';
import {
  DECIMAL_NAN,
  DIGITS,
  decimalParts,
  decimalToString,
  digitCount,
  infinity,
  makeDecimal,
} from './decimal.ts';
import type { Decimal128 } from './values.ts';

/** Exact arithmetic on decimal128 as IEEE 754-2008 has it: the true result, rounded once, ties to even. */

type Finite = Extract<DecimalParts, { kind: 'finite' }>;

const ten = (power: number): bigint => 10n ** BigInt(power);

function signed(parts: Finite, exponent: number): bigint {
  const scaled = parts.coefficient * ten(parts.exponent - exponent);
  return parts.negative ? -scaled : scaled;
}

export function addDecimals(a: Decimal128, b: Decimal128): Decimal128 {
  const x = decimalParts(a);
  const y = decimalParts(b);
  if (x.kind === 'nan' || y.kind === 'nan') return DECIMAL_NAN;
  if (x.kind === 'infinite') {
    return y.kind === 'infinite' && x.negative !== y.negative ? DECIMAL_NAN : infinity(x.negative);
  }
  if (y.kind === 'infinite') return infinity(y.negative);
  const exponent = Math.min(x.exponent, y.exponent);
  const sum = signed(x, exponent) + signed(y, exponent);
  const negative = sum === 0n ? x.negative && y.negative : sum < 0n;
  return makeDecimal(negative, sum < 0n ? -sum : sum, exponent);
}

function negateDecimal(value: Decimal128): Decimal128 {
  const parts = decimalParts(value);
  if (parts.kind === 'nan') return DECIMAL_NAN;
  if (parts.kind === 'infinite') return infinity(!parts.negative);
  return makeDecimal(!parts.negative, parts.coefficient, parts.exponent);
}

export function absDecimal(value: Decimal128): Decimal128 {
  const parts = decimalParts(value);
  return parts.kind !== 'nan' && parts.negative ? negateDecimal(value) : value;
}

export function subtractDecimals(a: Decimal128, b: Decimal128): Decimal128 {
  return addDecimals(a, negateDecimal(b));
}

const isZero = (parts: DecimalParts): boolean => parts.kind === 'finite' && parts.coefficient === 0n;

export function multiplyDecimals(a: Decimal128, b: Decimal128): Decimal128 {
  const x = decimalParts(a);
  const y = decimalParts(b);
  if (x.kind === 'nan' || y.kind === 'nan') return DECIMAL_NAN;
  const negative = x.negative !== y.negative;
  if (x.kind === 'infinite' || y.kind === 'infinite') {
    return isZero(x) || isZero(y) ? DECIMAL_NAN : infinity(negative);
  }
  return makeDecimal(negative, x.coefficient * y.coefficient, x.exponent + y.exponent);
}

/** The quotient; x/0 is infinite and 0/0 NaN, as IEEE has it (MongoDB's $divide refuses a zero divisor before). */
export function divideDecimals(a: Decimal128, b: Decimal128): Decimal128 {
  const x = decimalParts(a);
  const y = decimalParts(b);
  if (x.kind === 'nan' || y.kind === 'nan') return DECIMAL_NAN;
  const negative = x.negative !== y.negative;
  if (x.kind === 'infinite') return y.kind === 'infinite' ? DECIMAL_NAN : infinity(negative);
  if (y.kind === 'infinite') return makeDecimal(negative, 0n, -6176);
  if (y.coefficient === 0n) return x.coefficient === 0n ? DECIMAL_NAN : infinity(negative);
  return divideFinite(x, y, negative);
}

function divideFinite(x: Finite, y: Finite, negative: boolean): Decimal128 {
  const ideal = x.exponent - y.exponent;
  if (x.coefficient === 0n) return makeDecimal(negative, 0n, ideal);
  const scale = Math.max(0, DIGITS + 2 + digitCount(y.coefficient) - digitCount(x.coefficient));
  const dividend = x.coefficient * ten(scale);
  let quotient = dividend / y.coefficient;
  let exponent = ideal - scale;
  const exact = dividend % y.coefficient === 0n;
  while (exact && exponent < ideal && quotient % 10n === 0n) {
    quotient /= 10n;
    exponent++;
  }
  return makeDecimal(negative, quotient, exponent, !exact);
}

/** The remainder with the sign of the dividend (C's fmod), as $mod and the query operator need it. */
export function remainderDecimals(a: Decimal128, b: Decimal128): Decimal128 {
  const x = decimalParts(a);
  const y = decimalParts(b);
  if (x.kind !== 'finite' || y.kind === 'nan' || isZero(y)) return DECIMAL_NAN;
  if (y.kind === 'infinite') return a;
  const exponent = Math.min(x.exponent, y.exponent);
  const rest = (x.coefficient * ten(x.exponent - exponent)) % (y.coefficient * ten(y.exponent - exponent));
  return makeDecimal(x.negative, rest, exponent);
}

export type Rounding = 'even' | 'floor' | 'ceiling' | 'truncate';

/** Rounds to `place` digits after the point (negative: before it). */
export function roundDecimal(value: Decimal128, place: number, rounding: Rounding): Decimal128 {
  const parts = decimalParts(value);
  if (parts.kind !== 'finite' || parts.exponent >= -place) return value;
  const drop = -place - parts.exponent;
  if (drop > 40) return roundTiny(parts, place, rounding);
  const unit = ten(drop);
  const quotient = parts.coefficient / unit;
  const rest = parts.coefficient % unit;
  return makeDecimal(
    parts.negative,
    quotient + carry(quotient, rest, unit, parts.negative, rounding),
    -place,
  );
}

function roundTiny(parts: Finite, place: number, rounding: Rounding): Decimal128 {
  const away = parts.negative ? rounding === 'floor' : rounding === 'ceiling';
  return makeDecimal(parts.negative, away && parts.coefficient !== 0n ? 1n : 0n, -place);
}

function carry(quotient: bigint, rest: bigint, unit: bigint, negative: boolean, rounding: Rounding): bigint {
  if (rest === 0n) return 0n;
  if (rounding === 'floor') return negative ? 1n : 0n;
  if (rounding === 'ceiling') return negative ? 0n : 1n;
  if (rounding === 'truncate') return 0n;
  return rest * 2n > unit || (rest * 2n === unit && quotient % 2n === 1n) ? 1n : 0n;
}

/** The square root, correctly rounded; NaN below zero. */
export function sqrtDecimal(value: Decimal128): Decimal128 {
  const parts = decimalParts(value);
  if (parts.kind === 'nan' || (parts.kind === 'infinite' && parts.negative)) return DECIMAL_NAN;
  if (parts.kind === 'infinite') return value;
  if (parts.coefficient === 0n) return makeDecimal(parts.negative, 0n, Math.floor(parts.exponent / 2));
  if (parts.negative) return DECIMAL_NAN;
  const odd = parts.exponent % 2 !== 0;
  const ideal = Math.floor(parts.exponent / 2);
  const radicand = parts.coefficient * (odd ? 10n : 1n) * ten(80);
  let root = integerRoot(radicand);
  let exponent = ideal - 40;
  const exact = root * root === radicand;
  while (exact && exponent < ideal && root % 10n === 0n) {
    root /= 10n;
    exponent++;
  }
  return makeDecimal(false, root, exponent, !exact);
}

function integerRoot(n: bigint): bigint {
  let guess = 1n << BigInt(Math.ceil(n.toString(2).length / 2));
  for (;;) {
    const next = (guess + n / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}

/** The nearest double. */
export function decimalToDouble(value: Decimal128): number {
  return Number(decimalToString(value));
}

/** The integer part (toward zero), or undefined for NaN and infinities and for magnitudes beyond `limit` digits. */
export function decimalToInteger(value: Decimal128, limit = 40): bigint | undefined {
  const parts = decimalParts(value);
  if (parts.kind !== 'finite') return undefined;
  if (parts.coefficient === 0n) return 0n;
  if (digitCount(parts.coefficient) + parts.exponent > limit) return undefined;
  const down = Math.min(-parts.exponent, 50);
  const magnitude =
    parts.exponent >= 0 ? parts.coefficient * ten(parts.exponent) : parts.coefficient / ten(down);
  return parts.negative ? -magnitude : magnitude;
}
