import { DECIMAL_NAN, decimalFromInteger, decimalParts, infinity, makeDecimal } from '../../core/decimal.ts';
import type { Decimal128 } from '../../core/values.ts';

/**
 * Transcendental functions of decimals: computed on integers scaled by 10^60, which leaves 26 digits beyond the
 * 34 of a decimal, and rounded once at the end.
 */

const PLACES = 60;
const ONE = 10n ** BigInt(PLACES);

const abs = (n: bigint): bigint => (n < 0n ? -n : n);
const times = (a: bigint, b: bigint): bigint => (a * b) / ONE;
const over = (a: bigint, b: bigint): bigint => (a * ONE) / b;

function fixedOf(value: Decimal128): bigint | undefined {
  const parts = decimalParts(value);
  if (parts.kind !== 'finite') return undefined;
  const shift = parts.exponent + PLACES;
  if (shift > 200) return undefined;
  const size =
    shift >= 0 ? parts.coefficient * 10n ** BigInt(shift) : parts.coefficient / 10n ** BigInt(-shift);
  return parts.negative ? -size : size;
}

/** Rounds to 34 digits; exact results lose their trailing zeros, as short decimals are written. */
function decimalOf(fixed: bigint, scale = 0): Decimal128 {
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

function series(first: bigint, next: (term: bigint, k: bigint) => bigint): bigint {
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

const PI = 4n * (4n * arctanInverse(5n) - arctanInverse(239n));

function lnFixed(x: bigint): bigint {
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
function expFixed(x: bigint): bigint {
  const reduced = x / 256n;
  let value = series(ONE, (term, k) => times(term, reduced) / k);
  for (let i = 0; i < 8; i++) value = times(value, value);
  return value;
}

/** e^x, its power of ten apart so that no digits are lost at any size. */
function expDecimal(x: bigint): Decimal128 {
  const tens = x / LN10;
  if (abs(tens) > 7000n) return tens > 0n ? infinity(false) : decimalFromInteger(0);
  return decimalOf(expFixed(x - tens * LN10), Number(tens));
}

/** The natural logarithm of a positive decimal of any size. */
function lnOf(value: Decimal128): bigint | undefined {
  const parts = decimalParts(value);
  if (parts.kind !== 'finite' || parts.negative || parts.coefficient === 0n) return undefined;
  const digits = parts.coefficient.toString().length;
  const scaled = (parts.coefficient * ONE) / 10n ** BigInt(digits - 1);
  return lnFixed(scaled) + BigInt(digits - 1 + parts.exponent) * LN10;
}

export function exp(value: Decimal128): Decimal128 {
  const x = fixedOf(value);
  const parts = decimalParts(value);
  if (x !== undefined) return expDecimal(x);
  if (parts.kind === 'nan') return DECIMAL_NAN;
  return parts.negative ? decimalFromInteger(0) : infinity(false);
}

/** The logarithm to a base, of positive decimals. */
export function log(value: Decimal128, base?: Decimal128): Decimal128 {
  const parts = decimalParts(value);
  if (parts.kind === 'infinite') return parts.negative ? DECIMAL_NAN : value;
  const x = lnOf(value);
  if (x === undefined) return DECIMAL_NAN;
  if (base === undefined) return decimalOf(x);
  const b = lnOf(base);
  return b === undefined || b === 0n ? DECIMAL_NAN : rounded(over(x, b));
}

/** A quotient whose error lies beyond 50 digits: an integer it nearly is, it is. */
function rounded(fixed: bigint): Decimal128 {
  const unit = 10n ** 10n;
  return decimalOf(((fixed + (fixed < 0n ? -unit : unit) / 2n) / unit) * unit);
}

/** value^exponent; integer powers exactly, then rounded. */
export function pow(value: Decimal128, exponent: Decimal128): Decimal128 {
  const base = decimalParts(value);
  const power = decimalParts(exponent);
  if (base.kind !== 'finite' || power.kind !== 'finite') return powOfSpecial(value, exponent);
  if (power.coefficient === 0n) return decimalFromInteger(1);
  if (base.coefficient === 0n) return decimalFromInteger(0);
  const whole = wholePower(power);
  if (whole !== undefined && whole > 0n && whole <= 400n) {
    const negative = base.negative && whole % 2n === 1n;
    return makeDecimal(negative, base.coefficient ** whole, base.exponent * Number(whole));
  }
  if (base.negative && whole === undefined) return DECIMAL_NAN;
  const positive = makeDecimal(false, base.coefficient, base.exponent);
  const ln = lnOf(positive);
  const x = fixedOf(exponent);
  if (ln === undefined || x === undefined) return DECIMAL_NAN;
  const result = expDecimal(times(ln, x));
  const parts = decimalParts(result);
  if (!base.negative || (whole ?? 0n) % 2n === 0n || parts.kind !== 'finite') return result;
  return makeDecimal(true, parts.coefficient, parts.exponent);
}

function wholePower(power: { coefficient: bigint; exponent: number; negative: boolean }): bigint | undefined {
  const unit = 10n ** BigInt(Math.min(60, Math.abs(power.exponent)));
  if (power.exponent < 0 && power.coefficient % unit !== 0n) return undefined;
  const size = power.exponent < 0 ? power.coefficient / unit : power.coefficient * unit;
  return power.negative ? -size : size;
}

function powOfSpecial(value: Decimal128, exponent: Decimal128): Decimal128 {
  const base = decimalParts(value);
  const power = decimalParts(exponent);
  if (base.kind === 'nan' || power.kind === 'nan') return DECIMAL_NAN;
  if (base.kind === 'infinite') {
    if (power.kind === 'finite' && power.coefficient === 0n) return decimalFromInteger(1);
    return power.negative ? decimalFromInteger(0) : infinity(base.negative);
  }
  const ln = lnOf(value) ?? 0n;
  if (ln === 0n) return decimalFromInteger(1);
  const grows = power.kind === 'infinite' && ln > 0n !== power.negative;
  return grows ? infinity(false) : decimalFromInteger(0);
}

/** Applies a function of fixed-point numbers; NaN and infinities give what `special` says. */
const onFixed =
  (apply: (x: bigint) => bigint, special?: (negative: boolean) => Decimal128) =>
  (value: Decimal128): Decimal128 => {
    const x = fixedOf(value);
    if (x !== undefined) return decimalOf(apply(x));
    const parts = decimalParts(value);
    return special === undefined || parts.kind === 'nan' ? DECIMAL_NAN : special(parts.negative);
  };

const half = (negative: boolean): Decimal128 => decimalOf(negative ? -PI / 2n : PI / 2n);

function sinFixed(x: bigint): bigint {
  const turn = 2n * PI;
  let angle = x % turn;
  if (angle > PI) angle -= turn;
  if (angle < -PI) angle += turn;
  return series(angle, (term, k) => -times(times(term, angle), angle) / (2n * k * (2n * k + 1n)));
}

const cosFixed = (x: bigint): bigint => sinFixed(x + PI / 2n);

function sqrtFixed(x: bigint): bigint {
  if (x <= 0n) return 0n;
  const square = x * ONE;
  let guess = 1n << BigInt(Math.ceil(square.toString(2).length / 2));
  for (;;) {
    const next = (guess + square / guess) / 2n;
    if (next >= guess) return guess;
    guess = next;
  }
}

/** The arc tangent, the argument halved by its half-angle rule until the series runs fast. */
function atanFixed(x: bigint): bigint {
  let value = x;
  let doublings = 1n;
  while (abs(value) > ONE / 10n) {
    value = over(value, ONE + sqrtFixed(ONE + times(value, value)));
    doublings *= 2n;
  }
  const square = times(value, value);
  let power = value;
  let sum = 0n;
  for (let k = 1n; power !== 0n; k += 2n) {
    sum += power / k;
    power = -times(power, square);
  }
  return sum * doublings;
}

function asinFixed(x: bigint): bigint {
  if (abs(x) >= ONE) return x < 0n ? -PI / 2n : PI / 2n;
  return atanFixed(over(x, sqrtFixed(ONE - times(x, x))));
}

function hyperbolic(x: bigint): { sinh: bigint; cosh: bigint } {
  const up = expFixed(x);
  const down = over(ONE, up);
  return { sinh: (up - down) / 2n, cosh: (up + down) / 2n };
}

const same = (negative: boolean): Decimal128 => infinity(negative);

export const sin = onFixed(sinFixed);
export const cos = onFixed(cosFixed);
export const tan = onFixed((x) => over(sinFixed(x), cosFixed(x)));
export const asin = onFixed(asinFixed);
export const acos = onFixed((x) => PI / 2n - asinFixed(x));
export const atan = onFixed(atanFixed, half);
export const sinh = onFixed((x) => hyperbolic(x).sinh, same);
export const cosh = onFixed(
  (x) => hyperbolic(x).cosh,
  () => infinity(false),
);
export const tanh = onFixed(
  (x) => over(hyperbolic(x).sinh, hyperbolic(x).cosh),
  (negative) => decimalFromInteger(negative ? -1 : 1),
);
export const asinh = onFixed((x) => {
  const size = lnFixed(abs(x) + sqrtFixed(times(x, x) + ONE));
  return x < 0n ? -size : size;
}, same);
export const acosh = onFixed((x) => lnFixed(x + sqrtFixed(times(x, x) - ONE)), same);
export const toRadians = onFixed((x) => times(x, PI) / 180n, same);
export const toDegrees = onFixed((x) => over(180n * x, PI), same);

/** 1 and -1 are infinitely far. */
export function atanh(value: Decimal128): Decimal128 {
  const x = fixedOf(value);
  if (x === undefined) return DECIMAL_NAN;
  if (abs(x) === ONE) return infinity(x < 0n);
  return decimalOf(lnFixed(over(ONE + x, ONE - x)) / 2n);
}

/** The angle of the point (x, y). */
export function atan2(y: Decimal128, x: Decimal128): Decimal128 {
  const b = fixedOf(y);
  const a = fixedOf(x);
  if (a === undefined || b === undefined) return DECIMAL_NAN;
  if (a === 0n) return b === 0n ? decimalFromInteger(0) : half(b < 0n);
  const angle = atanFixed(over(b, a));
  if (a > 0n) return decimalOf(angle);
  return decimalOf(b < 0n ? angle - PI : angle + PI);
}
