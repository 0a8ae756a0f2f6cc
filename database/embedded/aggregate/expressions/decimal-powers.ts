import { DECIMAL_NAN, decimalFromInteger, decimalParts, infinity, makeDecimal } from '../../core/decimal.ts';
import type { Decimal128 } from '../../core/values.ts';
import { decimalOf, expDecimal, fixedOf, lnOf, over, times } from './fixed-point.ts';

/** Powers and logarithms of decimals. */

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
