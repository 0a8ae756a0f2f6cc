import { decimalFromDouble, decimalFromInteger } from '../decimal.ts';
import { addDecimals, multiplyDecimals } from '../decimalmath.ts';
import { Document } from '../document.ts';
import { fail } from '../errors.ts';
import { identical } from '../identical.ts';
import { isNumber, type NumberValue, toDouble } from '../numbers.ts';
import { show, showElement } from '../show.ts';
import { idText } from '../storable.ts';
import type { Value } from '../values.ts';
import { Decimal128, Int32, int32, typeNames, typeOf } from '../values.ts';
import type { ActionParser } from './env.ts';
import { KEEP } from './env.ts';

/** The type of a result is the widest of its operands; an int32 that overflows becomes an int64 (SafeNum). */

function toDecimal(value: NumberValue): Decimal128 {
  if (value instanceof Decimal128) return value;
  if (typeof value === 'number') return decimalFromDouble(value);
  return decimalFromInteger(value instanceof Int32 ? value.value : value);
}

const toBig = (value: Int32 | bigint): bigint => (typeof value === 'bigint' ? value : BigInt(value.value));

const MAX_LONG = 2n ** 63n - 1n;

/** The integer in the narrower type both operands and the result allow, or undefined when none holds it. */
function integer(result: bigint, narrow: boolean): NumberValue | undefined {
  if (narrow && result >= -(2n ** 31n) && result < 2n ** 31n) return int32(Number(result));
  return result > MAX_LONG || result < -MAX_LONG - 1n ? undefined : result;
}

interface Operation {
  readonly operator: string;
  readonly verb: string;
  decimals(a: Decimal128, b: Decimal128): Decimal128;
  doubles(a: number, b: number): number;
  integers(a: bigint, b: bigint): bigint;
}

function calculate(operation: Operation, a: NumberValue, b: NumberValue): NumberValue | undefined {
  if (a instanceof Decimal128 || b instanceof Decimal128) {
    return operation.decimals(toDecimal(a), toDecimal(b));
  }
  if (typeof a === 'number' || typeof b === 'number') return operation.doubles(toDouble(a), toDouble(b));
  return integer(operation.integers(toBig(a), toBig(b)), a instanceof Int32 && b instanceof Int32);
}

const numberNames: Readonly<Record<number, string>> = {
  1: 'NumberDouble',
  16: 'NumberInt',
  18: 'NumberLong',
  19: 'NumberDecimal',
};

const debugText = (value: Value): string => `(${numberNames[typeOf(value)]})${show(value)}`;

function arithmetic(operation: Operation): ActionParser {
  return (operand, _, path) => {
    if (!isNumber(operand)) {
      fail(
        14,
        'TypeMismatch',
        `Cannot ${operation.verb} with non-numeric argument: {${showElement(path, operand)}}`,
      );
    }
    return {
      update(old, { doc, name }) {
        if (!isNumber(old)) {
          return fail(
            14,
            'TypeMismatch',
            `Cannot apply ${operation.operator} to a value of non-numeric type. {${idText(doc)}} has the field '${name}' of non-numeric type ${typeNames[typeOf(old)]}`,
          );
        }
        const result = calculate(operation, operand, old);
        if (result === undefined) {
          return fail(
            2,
            'BadValue',
            `Failed to apply ${operation.operator} operations to current value (${debugText(old)}) for document {${idText(doc)}}`,
          );
        }
        return identical(result, old) ? KEEP : result;
      },
      create: () =>
        operation.operator === '$inc' ? operand : (calculate(operation, operand, int32(0)) ?? 0n),
    };
  };
}

export const inc = arithmetic({
  operator: '$inc',
  verb: 'increment',
  decimals: addDecimals,
  doubles: (a, b) => a + b,
  integers: (a, b) => a + b,
});

export const mul = arithmetic({
  operator: '$mul',
  verb: 'multiply',
  decimals: multiplyDecimals,
  doubles: (a, b) => a * b,
  integers: (a, b) => a * b,
});

const bad = (message: string): never => fail(2, 'BadValue', message);

const bitwise: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
};

type BitStep = (value: Int32 | bigint) => Int32 | bigint;

function parseBitStep(name: string, operand: Value): BitStep {
  const operate = Object.hasOwn(bitwise, name) ? bitwise[name] : undefined;
  const shown = `{${showElement(name, operand)}}`;
  if (operate === undefined) {
    return bad(
      `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: ${shown}`,
    );
  }
  if (!(operand instanceof Int32) && typeof operand !== 'bigint') {
    return bad(
      `The $bit modifier field must be an Integer(32/64 bit); a '${typeNames[typeOf(operand)]}' is not supported here: ${shown}`,
    );
  }
  return (value) => {
    const result = operate(toBig(value), toBig(operand));
    return value instanceof Int32 && operand instanceof Int32 ? int32(Number(result)) : result;
  };
}

export const bit: ActionParser = (argument) => {
  if (!(argument instanceof Document)) {
    return bad(
      `The $bit modifier is not compatible with a ${typeNames[typeOf(argument)]}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
    );
  }
  const steps = argument.entries().map(([name, operand]) => parseBitStep(name, operand));
  if (steps.length === 0) {
    bad('You must pass in at least one bitwise operation. The format is: {$bit: {field: {and/or/xor: #}}');
  }
  const run = (value: Int32 | bigint): Int32 | bigint => steps.reduce((result, step) => step(result), value);
  return {
    update(old, { doc, name }) {
      if (!(old instanceof Int32) && typeof old !== 'bigint') {
        return bad(
          `Cannot apply $bit to a value of non-integral type.${idText(doc)} has the field ${name} of non-integer type ${typeNames[typeOf(old)]}`,
        );
      }
      const result = run(old);
      return identical(result, old) ? KEEP : result;
    },
    create: () => run(int32(0)),
  };
};
