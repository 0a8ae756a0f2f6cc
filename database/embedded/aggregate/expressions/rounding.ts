import { decimalFromDouble, decimalFromInteger, decimalParts, makeDecimal } from '../../core/decimal.ts';
import {
  absDecimal,
  decimalToInteger,
  type Rounding,
  roundDecimal,
  sqrtDecimal,
} from '../../core/decimalmath.ts';
import { fail } from '../../core/errors.ts';
import { isNumber, type NumberValue, toDouble } from '../../core/numbers.ts';
import { Decimal128, Int32, int32, type Value } from '../../core/values.ts';
import { nameOfType, operator, refuse, unary } from './arguments.ts';
import { isNullish, type Operator, type OperatorTable } from './expression.ts';
import { asLong, bigOf, fitsInt, fitsLong, intOrLong, LONG_MIN } from './integers.ts';

/** An operator of one number; null for null, 28765 for anything else. */
export function ofNumber(apply: (value: NumberValue, name: string) => Value): Operator {
  return unary((value, name) => {
    if (isNumber(value)) return apply(value, name);
    if (isNullish(value)) return null;
    return refuse(28765, `${name} only supports numeric types, not ${nameOfType(value)}`);
  });
}

function abs(value: NumberValue): Value {
  if (typeof value === 'number') return Math.abs(value);
  if (value instanceof Decimal128) return absDecimal(value);
  if (value === LONG_MIN) refuse(28680, "can't take $abs of long long min");
  const big = bigOf(value);
  const positive = big < 0n ? -big : big;
  return typeof value === 'bigint' ? positive : intOrLong(positive);
}

const toWhole = (ofDouble: (n: number) => number, rounding: Rounding): Operator =>
  ofNumber((value) => {
    if (typeof value === 'number') return ofDouble(value);
    return value instanceof Decimal128 ? wholeDecimal(value, rounding) : value;
  });

function wholeDecimal(value: Decimal128, rounding: Rounding): Decimal128 {
  return decimalParts(value).kind === 'finite' ? roundDecimal(value, 0, rounding) : value;
}

function roundInteger(value: Int32 | bigint, place: number, rounding: Rounding, name: string): Value {
  if (place >= 0) return value;
  const rounded = decimalToInteger(roundDecimal(decimalFromInteger(bigOf(value)), place, rounding)) ?? 0n;
  if (!fitsLong(rounded)) {
    refuse(
      51080,
      `invalid conversion from Decimal128 result in ${name} resulting from arguments: [${bigOf(value)}, ${place}]`,
    );
  }
  return typeof value === 'bigint' || !fitsInt(rounded) ? rounded : int32(Number(rounded));
}

function roundDouble(value: number, place: number, rounding: Rounding): number {
  if (!Number.isFinite(value)) return value;
  const rounded = toDouble(roundDecimal(decimalFromDouble(value, 34), place, rounding));
  return rounded === 0 && (value < 0 || Object.is(value, -0)) ? -0 : rounded;
}

function roundTo(value: NumberValue, place: number, rounding: Rounding, name: string): Value {
  if (typeof value === 'number') return roundDouble(value, place, rounding);
  if (!(value instanceof Decimal128)) return roundInteger(value, place, rounding, name);
  return quantized(roundDecimal(value, place, rounding), place);
}

/** A decimal with as many digits after the point as were asked for, as far as 34 digits go. */
function quantized(value: Decimal128, place: number): Decimal128 {
  const parts = decimalParts(value);
  if (parts.kind !== 'finite' || parts.exponent <= -place) return value;
  const { negative, coefficient, exponent } = parts;
  const room = coefficient === 0n ? Number.POSITIVE_INFINITY : 34 - String(coefficient).length;
  const more = Math.min(exponent + place, room);
  return makeDecimal(negative, coefficient * 10n ** BigInt(coefficient === 0n ? 0 : more), exponent - more);
}

function placeOf(value: Value | undefined, name: string): number | null {
  if (isNullish(value)) return null;
  const place = asLong(value);
  if (place === undefined) refuse(51082, `precision argument to  ${name} must be a integral value`);
  if (place < -20n || place > 100n) {
    refuse(51083, `cannot apply ${name} with precision value ${place} value must be in [-20, 100]`);
  }
  return Number(place);
}

const rounder = (rounding: Rounding): Operator =>
  operator(1, 2, ([first, second], _compiler, name) => (root) => {
    const value = first?.evaluate(root);
    if (isNullish(value)) return null;
    if (!isNumber(value)) refuse(51081, `${name} only supports numeric types, not ${nameOfType(value)}`);
    const place = second === undefined ? 0 : placeOf(second.evaluate(root), name);
    return place === null ? null : roundTo(value, place, rounding, name);
  });

function sqrt(value: NumberValue): Value {
  const near = toDouble(value);
  if (near < 0) refuse(28714, "$sqrt's argument must be greater than or equal to 0");
  return value instanceof Decimal128 ? sqrtDecimal(value) : Math.sqrt(near);
}

function bitNot(value: NumberValue, name: string): Value {
  if (value instanceof Int32) return int32(~value.value);
  if (typeof value === 'bigint') return ~value;
  return fail(14, 'TypeMismatch', `${name} only supports int and long, not: ${nameOfType(value)}.`);
}

const bitwise = (
  start: number,
  ofInts: (a: number, b: number) => number,
  ofLongs: (a: bigint, b: bigint) => bigint,
): Operator =>
  operator(0, Infinity, (args, _compiler, name) => (root) => {
    let result: Int32 | bigint = int32(start);
    for (const arg of args) {
      const value = arg.evaluate(root);
      if (isNullish(value)) return null;
      if (!(value instanceof Int32) && typeof value !== 'bigint') {
        fail(14, 'TypeMismatch', `${name} only supports int and long operands.`);
      }
      if (result instanceof Int32 && value instanceof Int32)
        result = int32(ofInts(result.value, value.value));
      else result = ofLongs(bigOf(result), bigOf(value));
    }
    return result;
  });

/** Absolute values, roundings, roots and bits. */
export const roundingOperators: OperatorTable = {
  $abs: ofNumber(abs),
  $ceil: toWhole(Math.ceil, 'ceiling'),
  $floor: toWhole(Math.floor, 'floor'),
  $round: rounder('even'),
  $trunc: rounder('truncate'),
  $sqrt: ofNumber(sqrt),
  $bitNot: ofNumber(bitNot),
  $bitAnd: bitwise(
    -1,
    (a, b) => a & b,
    (a, b) => a & b,
  ),
  $bitOr: bitwise(
    0,
    (a, b) => a | b,
    (a, b) => a | b,
  ),
  $bitXor: bitwise(
    0,
    (a, b) => a ^ b,
    (a, b) => a ^ b,
  ),
};
