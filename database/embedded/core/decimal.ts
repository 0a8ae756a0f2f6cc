import { Decimal128 } from './values.ts';

/** A decimal128 taken apart: (-1)^negative · coefficient · 10^exponent, or a special value. */
export type DecimalParts =
  | {
      readonly kind: 'finite';
      readonly negative: boolean;
      readonly coefficient: bigint;
      readonly exponent: number;
    }
  | { readonly kind: 'infinite'; readonly negative: boolean }
  | { readonly kind: 'nan' };

export const DIGITS = 34;
const MIN_EXPONENT = -6176;
const MAX_EXPONENT = 6111;
const MAX_COEFFICIENT = 10n ** 34n - 1n;
const COEFFICIENT_BITS = (1n << 49n) - 1n;

/** Takes a decimal128 apart; significands beyond 34 digits are not canonical and count as zero (IEEE 754 3.5.2). */
export function decimalParts(value: Decimal128): DecimalParts {
  const low = value.bytes.readBigUInt64LE(0);
  const high = value.bytes.readBigUInt64LE(8);
  const top = Number(high >> 58n);
  const negative = top >= 32;
  const combination = top & 31;
  if (combination === 31) return { kind: 'nan' };
  if (combination === 30) return { kind: 'infinite', negative };
  if (combination >= 24) {
    const exponent = Number((high >> 47n) & 0x3fffn) + MIN_EXPONENT;
    return { kind: 'finite', negative, coefficient: 0n, exponent };
  }
  const exponent = Number((high >> 49n) & 0x3fffn) + MIN_EXPONENT;
  const coefficient = ((high & COEFFICIENT_BITS) << 64n) | low;
  const canonical = coefficient > MAX_COEFFICIENT ? 0n : coefficient;
  return { kind: 'finite', negative, coefficient: canonical, exponent };
}

function fromWords(high: bigint, low: bigint): Decimal128 {
  const bytes = Buffer.allocUnsafeSlow(16);
  bytes.writeBigUInt64LE(low, 0);
  bytes.writeBigUInt64LE(high, 8);
  return new Decimal128(bytes);
}

export const DECIMAL_NAN = fromWords(0x7c00000000000000n, 0n);
const DECIMAL_INFINITY = fromWords(0x7800000000000000n, 0n);
const DECIMAL_NEGATIVE_INFINITY = fromWords(0xf800000000000000n, 0n);

export function infinity(negative: boolean): Decimal128 {
  return negative ? DECIMAL_NEGATIVE_INFINITY : DECIMAL_INFINITY;
}

export function digitCount(coefficient: bigint): number {
  return coefficient === 0n ? 1 : coefficient.toString().length;
}

/** Divides by 10^places, ties to even. `sticky` says that the true value is a little above the coefficient. */
function dropDigits(coefficient: bigint, places: number, sticky: boolean): bigint {
  const unit = 10n ** BigInt(places);
  const quotient = coefficient / unit;
  const twice = (coefficient % unit) * 2n;
  const up = twice > unit || (twice === unit && (sticky || quotient % 2n === 1n));
  return up ? quotient + 1n : quotient;
}

/**
 * The decimal128 nearest to (-1)^negative · coefficient · 10^exponent, ties to even; infinite on overflow.
 * `sticky`: the exact value lies strictly between this coefficient and the next.
 */
export function makeDecimal(
  negative: boolean,
  coefficient: bigint,
  exponent: number,
  sticky = false,
): Decimal128 {
  let c = coefficient;
  let e = exponent;
  const excess = Math.max(digitCount(c) - DIGITS, MIN_EXPONENT - e);
  if (excess > 0) {
    c = excess > digitCount(c) ? 0n : dropDigits(c, excess, sticky);
    e += excess;
    if (c > MAX_COEFFICIENT) {
      c /= 10n;
      e++;
    }
  }
  if (e > MAX_EXPONENT) {
    if (c === 0n) {
      e = MAX_EXPONENT;
    } else {
      const room = DIGITS - digitCount(c);
      if (e - MAX_EXPONENT > room) return infinity(negative);
      c *= 10n ** BigInt(e - MAX_EXPONENT);
      e = MAX_EXPONENT;
    }
  }
  const sign = negative ? 1n << 63n : 0n;
  const high = sign | (BigInt(e - MIN_EXPONENT) << 49n) | (c >> 64n);
  return fromWords(high, c & 0xffffffffffffffffn);
}

const NUMERAL = /^([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:[eE]([+-]?\d+))?$/;

/** The decimal128 a text spells, or undefined when it spells none. */
export function parseDecimal(text: string): Decimal128 | undefined {
  const special = /^([+-]?)(?:(inf|infinity)|nan)$/i.exec(text);
  if (special) return special[2] ? infinity(special[1] === '-') : DECIMAL_NAN;
  const found = NUMERAL.exec(text);
  if (!found) return undefined;
  const fraction = found[3] ?? found[4] ?? '';
  const exponent = Number(found[5] ?? 0) - fraction.length;
  const coefficient = BigInt(`${found[2] ?? ''}${fraction}`);
  const bounded = Math.max(-20000, Math.min(20000, exponent));
  return makeDecimal(found[1] === '-', coefficient, bounded);
}

/** The scientific text of a decimal128 (General Decimal Arithmetic, "to-scientific-string"). */
export function decimalToString(value: Decimal128): string {
  const parts = decimalParts(value);
  if (parts.kind === 'nan') return 'NaN';
  const sign = parts.negative ? '-' : '';
  if (parts.kind === 'infinite') return `${sign}Infinity`;
  const digits = parts.coefficient.toString();
  const adjusted = parts.exponent + digits.length - 1;
  if (parts.exponent > 0 || adjusted < -6) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    return `${sign}${digits[0]}${fraction}E${adjusted < 0 ? '' : '+'}${adjusted}`;
  }
  if (parts.exponent === 0) return sign + digits;
  const padded = digits.padStart(1 - parts.exponent, '0');
  return `${sign}${padded.slice(0, parts.exponent)}.${padded.slice(parts.exponent)}`;
}

export function decimalFromInteger(value: bigint | number): Decimal128 {
  const n = BigInt(value);
  return makeDecimal(n < 0n, n < 0n ? -n : n, 0);
}

/**
 * The decimal128 MongoDB converts a double to: 15 significant digits (as arithmetic and $toDecimal do),
 * or the nearest of 34 digits.
 */
export function decimalFromDouble(value: number, digits: 15 | 34 = 15): Decimal128 {
  if (Number.isNaN(value)) return DECIMAL_NAN;
  const negative = value < 0 || Object.is(value, -0);
  if (!Number.isFinite(value)) return infinity(negative);
  if (digits === 34) {
    const [coefficient, exponent] = exactDouble(Math.abs(value));
    return makeDecimal(negative, coefficient, exponent);
  }
  if (value === 0) return makeDecimal(negative, 0n, 0);
  const [mantissa = '', exponent = '0'] = Math.abs(value).toExponential(14).split('e');
  return makeDecimal(negative, BigInt(mantissa.replace('.', '')), Number(exponent) - 14);
}

const scratch = new DataView(new ArrayBuffer(8));

/** A finite, non-negative double as exact coefficient · 10^exponent. */
export function exactDouble(value: number): [coefficient: bigint, exponent: number] {
  scratch.setFloat64(0, value);
  const bits = scratch.getBigUint64(0);
  const biased = Number(bits >> 52n);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = biased === 0 ? fraction : fraction | (1n << 52n);
  const power = (biased === 0 ? 1 : biased) - 1075;
  if (power >= 0) return [mantissa << BigInt(power), 0];
  return [mantissa * 5n ** BigInt(-power), power];
}
