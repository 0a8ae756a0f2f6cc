import {
  addDecimals,
  decimalToInteger,
  divideDecimals,
  multiplyDecimals,
  remainderDecimals,
  subtractDecimals,
} from '../../core/decimalmath.ts';
import { fail } from '../../core/errors.ts';
import { isNumber, type NumberValue, toDouble } from '../../core/numbers.ts';
import { DateTime, Decimal128, Int32, int32, type Value } from '../../core/values.ts';
import { binary, nameOfType, operator, refuse } from './arguments.ts';
import { isNullish, type OperatorTable } from './expression.ts';
import { bigOf, fitsInt, fitsLong, intOrLong, toDecimal, widthOf } from './integers.ts';

function wrongType(message: string): never {
  fail(14, 'TypeMismatch', message);
}

function sumOfIntegers(a: Int32 | bigint, b: Int32 | bigint): NumberValue {
  const sum = bigOf(a) + bigOf(b);
  if (!fitsLong(sum)) return Number(bigOf(a)) + Number(bigOf(b));
  return typeof a === 'bigint' || typeof b === 'bigint' ? sum : intOrLong(sum);
}

/** The sum in the wider of the two types; integers beyond 64 bits become a double. */
export function addNumbers(a: NumberValue, b: NumberValue): NumberValue {
  if (a instanceof Int32 && b instanceof Int32) return intOrLong(a.value + b.value);
  if (a instanceof Decimal128 || b instanceof Decimal128) return addDecimals(toDecimal(a), toDecimal(b));
  if (typeof a === 'number' || typeof b === 'number') return toDouble(a) + toDouble(b);
  return sumOfIntegers(a, b);
}

/** The difference, typed as sums are. */
export function subtractNumbers(a: NumberValue, b: NumberValue): NumberValue {
  if (a instanceof Int32 && b instanceof Int32) return intOrLong(a.value - b.value);
  if (a instanceof Decimal128 || b instanceof Decimal128) {
    return subtractDecimals(toDecimal(a), toDecimal(b));
  }
  if (typeof a === 'number' || typeof b === 'number') return toDouble(a) - toDouble(b);
  const difference = bigOf(a) - bigOf(b);
  return fitsLong(difference) ? difference : Number(bigOf(a)) - Number(bigOf(b));
}

/** The product, typed as sums are. */
export function multiplyNumbers(a: NumberValue, b: NumberValue): NumberValue {
  if (a instanceof Decimal128 || b instanceof Decimal128) {
    return multiplyDecimals(toDecimal(a), toDecimal(b));
  }
  if (typeof a === 'number' || typeof b === 'number') return toDouble(a) * toDouble(b);
  const product = bigOf(a) * bigOf(b);
  if (!fitsLong(product)) return toDouble(a) * toDouble(b);
  return a instanceof Int32 && b instanceof Int32 ? intOrLong(product) : product;
}

/** The quotient: a decimal of decimals, else a double. */
export function divideNumbers(a: NumberValue, b: NumberValue): NumberValue {
  if (a instanceof Decimal128 || b instanceof Decimal128) return divideDecimals(toDecimal(a), toDecimal(b));
  return toDouble(a) / toDouble(b);
}

const dateOverflow = (): never => fail(15, 'Overflow', 'date overflow');

/** The milliseconds that a number stands for when it is added to a date. */
function millisecondsOf(value: NumberValue): number {
  if (value instanceof Int32) return value.value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Decimal128) return Number(decimalToInteger(value) ?? dateOverflow());
  if (!(Math.abs(value) < 2 ** 63)) dateOverflow();
  return Math.sign(value) * Math.round(Math.abs(value));
}

/** A date moved by a number of milliseconds; 15 when no date can hold it. */
function moveDate(date: DateTime, by: NumberValue, sign: 1 | -1): DateTime {
  const ms = date.ms + sign * millisecondsOf(by);
  if (!(Math.abs(ms) < 2 ** 63)) dateOverflow();
  return new DateTime(ms);
}

function addTo(sum: Value, value: Value): NumberValue | DateTime {
  if (sum instanceof DateTime) {
    if (value instanceof DateTime) refuse(16612, 'only one date allowed in an $add expression');
    return moveDate(sum, value as NumberValue, 1);
  }
  if (value instanceof DateTime) return moveDate(value, sum as NumberValue, 1);
  return addNumbers(sum as NumberValue, value as NumberValue);
}

const add = operator(0, Infinity, (args) => (root) => {
  let sum: NumberValue | DateTime = int32(0);
  for (const arg of args) {
    const value = arg.evaluate(root);
    if (isNullish(value)) return null;
    if (!isNumber(value) && !(value instanceof DateTime)) {
      wrongType(`$add only supports numeric or date types, not ${nameOfType(value)}`);
    }
    sum = addTo(sum, value);
  }
  return sum;
});

const multiply = operator(0, Infinity, (args) => (root) => {
  let product: NumberValue = int32(1);
  for (const arg of args) {
    const value = arg.evaluate(root);
    if (isNullish(value)) return null;
    if (!isNumber(value)) wrongType(`$multiply only supports numeric types, not ${nameOfType(value)}`);
    product = multiplyNumbers(product, value);
  }
  return product;
});

function subtract(a: Value | undefined, b: Value | undefined): Value {
  if (isNumber(a) && isNumber(b)) return subtractNumbers(a, b);
  if (isNullish(a) || isNullish(b)) return null;
  if (!(a instanceof DateTime)) return wrongType(`can't $subtract ${nameOfType(b)} from ${nameOfType(a)}`);
  if (b instanceof DateTime) return BigInt(a.ms) - BigInt(b.ms);
  return isNumber(b) ? moveDate(a, b, -1) : wrongType(`can't $subtract ${nameOfType(b)} from Date`);
}

function divide(a: Value | undefined, b: Value | undefined): Value {
  if (isNumber(a) && isNumber(b)) {
    if (toDouble(b) === 0) fail(2, 'BadValue', "can't $divide by zero");
    return divideNumbers(a, b);
  }
  if (isNullish(a) || isNullish(b)) return null;
  return wrongType(`$divide only supports numeric types, not ${nameOfType(a)} and ${nameOfType(b)}`);
}

/** A double that is a whole number of 32 bits divides integers as one. */
function divisorOf(a: NumberValue, b: NumberValue): NumberValue {
  return typeof b === 'number' && typeof a !== 'number' && Number.isInteger(b) && fitsInt(BigInt(b))
    ? int32(b)
    : b;
}

function remainder(a: NumberValue, divisor: NumberValue): NumberValue {
  const b = divisorOf(a, divisor);
  const width = Math.max(widthOf(a), widthOf(b));
  if (toDouble(b) === 0) refuse(width === 3 ? 5733415 : 16610, "can't $mod by zero");
  if (width === 3) return remainderDecimals(toDecimal(a), toDecimal(b));
  if (width === 2) return toDouble(a) % toDouble(b);
  const rest = bigOf(a as Int32) % bigOf(b as Int32);
  return width === 1 ? rest : int32(Number(rest));
}

function mod(a: Value | undefined, b: Value | undefined): Value {
  if (isNumber(a) && isNumber(b)) return remainder(a, b);
  if (isNullish(a) || isNullish(b)) return null;
  return refuse(16611, `$mod only supports numeric types, not ${nameOfType(a)} and ${nameOfType(b)}`);
}

/** Sums, products and quotients. */
export const arithmeticOperators: OperatorTable = {
  $add: add,
  $subtract: binary(subtract),
  $multiply: multiply,
  $divide: binary(divide),
  $mod: binary(mod),
};
