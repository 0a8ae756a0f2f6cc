import { decimalFromInteger, decimalParts, infinity, makeDecimal } from '../../core/decimal.ts';
import type { Decimal128 } from '../../core/values.ts';

/**
 * Real numbers as integers scaled by 10^60, which leaves 26 digits beyond the 34 of a decimal: transcendental
 * functions of decimals are computed on them and rounded once at the end.
 */
const PLACES = 60;
export const ONE = 10n ** BigInt(PLACES);

export const abs = (n: bigint): bigint => (n < 0n ? -n : n);
export const times = (a: bigint, b: bigint): bigint => (a * b) / ONE;
export const over = (a: bigint, b: bigint): bigint => (a * ONE) / b;

export function fixedOf(value: Decimal128): bigint | undefined {
  const parts = decimalParts(value);
  if (parts.kind !== 'finite') return undefined;
  const shift = parts.exponent + PLACES;
  if (shift > 200) return undefined;
  const size =
    shift >= 0 ? parts.coefficient * 10n ** BigInt(shift) : parts.coefficient / 10n ** BigInt(-shift);
  return parts.negative ? -size : size;
}

/** Rounds to 34 digits; exact results lose their trailing zeros, as short decimals are written. */
export function decimalOf(fixed: bigint, scale = 0): Decimal128 {
  let coefficient = abs(fixed);
  let exponent = scale - PLACES;
  if (coefficient === 0n) return decimalFromInteger(0);
  const spare = coefficient.toString().length - 34;
  if (spare > 0) {
    const unit = 10n ** BigInt(spare);
    coefficient = (coefficient + unit / 2n) / unit;
    exponent += spare;
  }
  while (exponent < 0 && coefficient % 10n === 0n) {
    coefficient /= 10n;
    exponent++;
  }
  return makeDecimal(fixed < 0n, coefficient, exponent);
}

export function series(first: bigint, next: (term: bigint, k: bigint) => bigint): bigint {
  let sum = 0n;
  let term = first;
  for (let k = 1n; term !== 0n; k++) {
    sum += term;
    term = next(term, k);
  }
  return sum;
}

function arctanInverse(n: bigint): bigint {
  const square = n * n;
  let power = ONE / n;
  let sum = power;
  for (let k = 3n, sign = -1n; power !== 0n; k += 2n, sign = -sign) {
    power /= square;
    sum += (sign * power) / k;
  }
  return sum;
}

export const PI = 4n * (4n * arctanInverse(5n) - arctanInverse(239n));

export function lnFixed(x: bigint): bigint {
  let value = x;
  let twos = 0n;
  while (value > 2n * ONE) {
    value /= 2n;
    twos++;
  }
  while (value < ONE) {
    value *= 2n;
    twos--;
  }
  return twos * LN2 + lnNear(value);
}

/** 2·artanh((x-1)/(x+1)), for x between 1 and 2. */
function lnNear(x: bigint): bigint {
  const ratio = over(x - ONE, x + ONE);
  const square = times(ratio, ratio);
  let power = ratio;
  let sum = 0n;
  for (let k = 1n; power !== 0n; k += 2n) {
    sum += power / k;
    power = times(power, square);
  }
  return 2n * sum;
}

const LN2 = lnNear(2n * ONE);
const LN10 = 3n * LN2 + lnNear((10n * ONE) / 8n);

/** e^x for |x| small, by its series on x/2^8, squared back. */
export function expFixed(x: bigint): bigint {
  const reduced = x / 256n;
  let value = series(ONE, (term, k) => times(term, reduced) / k);
  for (let i = 0; i < 8; i++) value = times(value, value);
  return value;
}

/** e^x, its power of ten apart so that no digits are lost at any size. */
export function expDecimal(x: bigint): Decimal128 {
  const tens = x / LN10;
  if (abs(tens) > 7000n) return tens > 0n ? infinity(false) : decimalFromInteger(0);
  return decimalOf(expFixed(x - tens * LN10), Number(tens));
}

/** The natural logarithm of a positive decimal of any size. */
export function lnOf(value: Decimal128): bigint | undefined {
  const parts = decimalParts(value);
  if (parts.kind !== 'finite' || parts.negative || parts.coefficient === 0n) return undefined;
  const digits = parts.coefficient.toString().length;
  const scaled = (parts.coefficient * ONE) / 10n ** BigInt(digits - 1);
  return lnFixed(scaled) + BigInt(digits - 1 + parts.exponent) * LN10;
}
