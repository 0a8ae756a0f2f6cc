import { isNumber, type NumberValue, toDouble } from '../../core/numbers.ts';
import { Decimal128, type Value } from '../../core/values.ts';
import { binary, nameOfType, refuse } from './arguments.ts';
import * as decimals from './decimal-angles.ts';
import { isNullish, type Operator, type OperatorTable } from './expression.ts';
import { printNumber, toDecimal } from './integers.ts';
import { ofNumber } from './rounding.ts';

interface Bounds {
  readonly low: number;
  readonly high: number;
  readonly closed: boolean;
}

const UNIT: Bounds = { low: -1, high: 1, closed: true };
const FINITE: Bounds = { low: -Infinity, high: Infinity, closed: false };
const FROM_ONE: Bounds = { low: 1, high: Infinity, closed: true };

function checkBounds(value: NumberValue, bounds: Bounds, name: string): void {
  const n = toDouble(value);
  const inside = bounds.closed ? n >= bounds.low && n <= bounds.high : n > bounds.low && n < bounds.high;
  if (inside || Number.isNaN(n)) return;
  const [open, close] = bounds.closed ? '[]' : '()';
  const limit = (n: number): string => (Number.isFinite(n) ? String(n) : n < 0 ? '-inf' : 'inf');
  refuse(
    50989,
    `cannot apply ${name} to ${printNumber(value)}, value must be in ${open}${limit(bounds.low)},${limit(bounds.high)}${close}`,
  );
}

/** A function of one number: a decimal of a decimal, else a double. */
function real(
  ofDouble: (n: number) => number,
  ofDecimal: (n: Decimal128) => Decimal128,
  bounds?: Bounds,
): Operator {
  return ofNumber((value, name) => {
    if (bounds !== undefined) checkBounds(value, bounds, name);
    return value instanceof Decimal128 ? ofDecimal(value) : ofDouble(toDouble(value));
  });
}

function atan2(y: Value | undefined, x: Value | undefined, name: string): Value {
  if (isNullish(y)) return null;
  if (!isNumber(y)) refuse(51044, `${name} only supports numeric types, not ${nameOfType(y)}`);
  if (isNullish(x)) return null;
  if (!isNumber(x)) refuse(51045, `${name} only supports numeric types, not ${nameOfType(x)}`);
  if (!(y instanceof Decimal128) && !(x instanceof Decimal128)) return Math.atan2(toDouble(y), toDouble(x));
  return decimals.atan2(toDecimal(y), toDecimal(x));
}

const DEGREE = Math.PI / 180;

/** Angles. */
export const trigonometryOperators: OperatorTable = {
  $sin: real(Math.sin, decimals.sin, FINITE),
  $cos: real(Math.cos, decimals.cos, FINITE),
  $tan: real(Math.tan, decimals.tan, FINITE),
  $asin: real(Math.asin, decimals.asin, UNIT),
  $acos: real(Math.acos, decimals.acos, UNIT),
  $atan: real(Math.atan, decimals.atan),
  $atan2: binary(atan2),
  $sinh: real(Math.sinh, decimals.sinh),
  $cosh: real(Math.cosh, decimals.cosh),
  $tanh: real(Math.tanh, decimals.tanh),
  $asinh: real(Math.asinh, decimals.asinh),
  $acosh: real(Math.acosh, decimals.acosh, FROM_ONE),
  $atanh: real(Math.atanh, decimals.atanh, UNIT),
  $degreesToRadians: real((n) => n * DEGREE, decimals.toRadians),
  $radiansToDegrees: real((n) => n * (180 / Math.PI), decimals.toDegrees),
};
