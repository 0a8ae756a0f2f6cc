import { isNumber, type NumberValue, toDouble } from '../../core/numbers.ts';
import { Decimal128, type Int32, type Value } from '../../core/values.ts';
import { binary, nameOfType, refuse } from './arguments.ts';
import { exp as expDecimal, log as logDecimal, pow as powDecimal } from './decimal-powers.ts';
import { isNullish, type OperatorTable } from './expression.ts';
import { bigOf, fitsLong, intOrLong, printNumber, toDecimal, widthOf } from './integers.ts';
import { ofNumber } from './rounding.ts';

/** The logarithm of what is not a number is the double NaN, whatever its type. */
function logOf(
  value: NumberValue,
  code: number,
  name: string,
  ofDouble: (n: number) => number,
  base?: Decimal128,
): Value {
  const n = toDouble(value);
  if (n <= 0) refuse(code, `${name}'s argument must be a positive number, but is ${printNumber(value)}`);
  return value instanceof Decimal128 && n > 0 ? logDecimal(value, base) : ofDouble(n);
}

const TEN = toDecimal(10n);

function log(value: Value | undefined, base: Value | undefined): Value {
  if (isNullish(value) || isNullish(base)) return null;
  if (!isNumber(value)) refuse(28756, `$log's argument must be numeric, not ${nameOfType(value)}`);
  if (!isNumber(base)) refuse(28757, `$log's base must be numeric, not ${nameOfType(base)}`);
  const n = toDouble(value);
  const b = toDouble(base);
  if (n <= 0) refuse(28758, `$log's argument must be a positive number, but is ${printNumber(value)}`);
  if (b <= 0 || b === 1) {
    refuse(28759, `$log's base must be a positive number not equal to 1, but is ${printNumber(base)}`);
  }
  if ((value instanceof Decimal128 || base instanceof Decimal128) && n > 0 && b > 0)
    return logDecimal(toDecimal(value), toDecimal(base));
  return Math.log(n) / Math.log(b);
}

/** An integer power when it fits 64 bits, else undefined. */
function wholePower(base: bigint, exponent: bigint): bigint | undefined {
  if (base === 1n || (base === 0n && exponent > 0n)) return base;
  if (base === -1n) return exponent % 2n === 0n ? 1n : -1n;
  if (exponent < 0n || exponent > 63n) return undefined;
  const power = base ** exponent;
  return fitsLong(power) ? power : undefined;
}

function power(base: NumberValue, exponent: NumberValue): Value {
  const width = Math.max(widthOf(base), widthOf(exponent));
  const b = toDouble(base);
  const e = toDouble(exponent);
  if (b === 0 && e < 0) refuse(28764, '$pow cannot take a base of 0 and a negative exponent');
  if (width === 3) return powDecimal(toDecimal(base), toDecimal(exponent));
  if (width === 2) return b === 1 ? 1 : b ** e;
  const whole = wholePower(bigOf(base as Int32), bigOf(exponent as Int32));
  if (whole === undefined) return b ** e;
  return width === 1 ? whole : intOrLong(whole);
}

function pow(base: Value | undefined, exponent: Value | undefined): Value {
  if (isNullish(base) || isNullish(exponent)) return null;
  if (!isNumber(base)) refuse(28762, `$pow's base must be numeric, not ${nameOfType(base)}`);
  if (!isNumber(exponent)) refuse(28763, `$pow's exponent must be numeric, not ${nameOfType(exponent)}`);
  return power(base, exponent);
}

/** Powers and logarithms. */
export const exponentialOperators: OperatorTable = {
  $exp: ofNumber((value) => (value instanceof Decimal128 ? expDecimal(value) : Math.exp(toDouble(value)))),
  $ln: ofNumber((value, name) => logOf(value, 28766, name, Math.log)),
  $log10: ofNumber((value, name) => logOf(value, 28761, name, Math.log10, TEN)),
  $log: binary(log),
  $pow: binary(pow),
};
