import { isNumber, type NumberValue, toDouble } from '../../core/numbers.ts';
import { DateTime, type Value } from '../../core/values.ts';
import { nameOfType, refuse } from '../expressions/arguments.ts';
import { addNumbers, divideNumbers, multiplyNumbers, subtractNumbers } from '../expressions/arithmetic.ts';
import { isNullish } from '../expressions/expression.ts';
import { unparsable } from './bounds.ts';
import type { WindowParser, WindowTable } from './function.ts';

const locf: WindowParser = ({ operand, window, compiler }) => {
  if (window !== undefined) unparsable("'window' field is not allowed in $locf");
  const expression = compiler.compile(operand);
  return ({ docs }) => {
    let last: Value = null;
    return docs.map((doc) => {
      const value = expression.evaluate(doc);
      if (!isNullish(value)) last = value;
      return last;
    });
  };
};

/** Where a document stands on the axis of its sort: a number, or the milliseconds of a date. */
export function coordinate(key: Value | undefined, dates: boolean, code: number, name: string): NumberValue {
  if (key instanceof DateTime && dates) return BigInt(key.ms);
  if (isNumber(key)) return key;
  return refuse(
    code,
    `${name} requires the sortBy field to be a number or a date, but it was ${nameOfType(key)}`,
  );
}

interface Known {
  readonly x: NumberValue;
  readonly y: NumberValue;
}

function between(before: Known, after: Known, x: NumberValue): NumberValue {
  const slope = divideNumbers(subtractNumbers(after.y, before.y), subtractNumbers(after.x, before.x));
  return addNumbers(before.y, multiplyNumbers(slope, subtractNumbers(x, before.x)));
}

function filled(xs: readonly NumberValue[], ys: readonly (NumberValue | null)[]): Value[] {
  const made: Value[] = [...ys];
  let before: Known | undefined;
  let gap = 0;
  for (const [i, y] of ys.entries()) {
    if (y === null) continue;
    const after = { x: xs[i] as NumberValue, y };
    for (let k = gap; before !== undefined && k < i; k++) {
      made[k] = between(before, after, xs[k] as NumberValue);
    }
    before = after;
    gap = i + 1;
  }
  return made;
}

const linearFill: WindowParser = ({ operand, window, sort, compiler, name }) => {
  if (window !== undefined) unparsable("'window' field is not allowed in $linearFill");
  if (sort === undefined || sort.length !== 1) {
    refuse(
      605001,
      '$linearFill must be specified with a top level sortBy expression with exactly one element',
    );
  }
  const expression = compiler.compile(operand);
  return ({ docs, keys }) => {
    const xs = keys.map((key) => coordinate(key, true, 6050100, name));
    for (let i = 1; i < xs.length; i++) {
      if (toDouble(xs[i] as NumberValue) === toDouble(xs[i - 1] as NumberValue)) {
        refuse(6050106, 'There can be no repeated values in the sort field');
      }
    }
    const ys = docs.map((doc) => {
      const value = expression.evaluate(doc);
      if (isNullish(value)) return null;
      return isNumber(value)
        ? value
        : refuse(6050101, `Value to be filled must be numeric or nullish, but found ${nameOfType(value)}`);
    });
    return filled(xs, ys);
  };
};

/** Functions that fill gaps. */
export const fillingFunctions: WindowTable = { $locf: locf, $linearFill: linearFill };
