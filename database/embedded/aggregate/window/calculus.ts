import { decimalFromInteger } from '../../core/decimal.ts';
import { addDecimals, divideDecimals, multiplyDecimals, subtractDecimals } from '../../core/decimalmath.ts';
import { Document } from '../../core/document.ts';
import { isNumber, type NumberValue, toDouble } from '../../core/numbers.ts';
import { DateTime, Decimal128, int32, type Value } from '../../core/values.ts';
import { type Unit, unitMs, unitOf } from '../dates/units.ts';
import { nameOfType, refuse } from '../expressions/arguments.ts';
import { addNumbers, divideNumbers, multiplyNumbers, subtractNumbers } from '../expressions/arithmetic.ts';
import { type Expression, isNullish } from '../expressions/expression.ts';
import { toDecimal } from '../expressions/integers.ts';
import { type Extent, extentsOf, parseBounds, unparsable, WHOLE } from './bounds.ts';
import { coordinate } from './filling.ts';
import type { Partition, WindowFunction, WindowParser, WindowSpec, WindowTable } from './function.ts';

/** The codes that $derivative and $integral refuse values with. */
const codes = {
  derivative: { needsDate: 5624900, needsUnit: 5624901, axis: 5624902 },
  integral: { needsDate: 5423901, needsUnit: 5423902, axis: 5423902 },
};
const codesOf = (name: string): typeof codes.integral =>
  name === '$integral' ? codes.integral : codes.derivative;

const FIXED_UNITS = new Set(['week', 'day', 'hour', 'minute', 'second', 'millisecond']);

interface Calculus {
  readonly input: Expression;
  readonly unit: Unit | undefined;
  readonly extents: (partition: Partition) => readonly Extent[];
}

function unitFrom(spec: Value | undefined, name: string): Unit | undefined {
  if (spec === undefined) return undefined;
  const unit = typeof spec === 'string' ? unitOf(spec) : undefined;
  if (unit === undefined || !FIXED_UNITS.has(unit)) {
    refuse(5490710, `unit must be 'week' or smaller in ${name}`);
  }
  return unit;
}

function parseCalculus(
  { operand, window, sort, compiler, name }: WindowSpec,
  needsWindow: boolean,
): Calculus {
  if (!(operand instanceof Document))
    unparsable(`${name} expects an object, but got a ${nameOfType(operand)}`);
  for (const key of operand.keys()) {
    if (key !== 'input' && key !== 'unit') unparsable(`${name} got unexpected argument: ${key}`);
  }
  const input = operand.get('input');
  if (input === undefined) unparsable(`${name} requires an 'input' expression`);
  if (sort === undefined) unparsable(`${name} requires a sortBy`);
  if (sort.length !== 1) unparsable(`${name} requires a non-compound sortBy`);
  if (window === undefined && needsWindow) unparsable(`${name} requires explicit window bounds`);
  const bounds = window === undefined ? WHOLE : parseBounds(window, sort, compiler);
  return {
    input: compiler.compile(input),
    unit: unitFrom(operand.get('unit'), name),
    extents: ({ keys }) => extentsOf(bounds, keys),
  };
}

/** The keys on their axis; dates need a unit, and numbers must have none. */
function axis(keys: readonly (Value | undefined)[], unit: Unit | undefined, name: string): NumberValue[] {
  return keys.map((key) => {
    if (key instanceof DateTime && unit === undefined) {
      refuse(codesOf(name).needsUnit, `${name} with a Date sortBy requires 'unit' to be specified`);
    }
    if (unit !== undefined && !(key instanceof DateTime)) {
      refuse(codesOf(name).needsDate, `${name} with 'unit' expects the sortBy field to be a Date`);
    }
    return coordinate(key, true, codesOf(name).axis, name);
  });
}

/** Milliseconds turned into units. */
const inUnits = (value: NumberValue, unit: Unit | undefined): NumberValue =>
  unit === undefined ? value : divideNumbers(value, unitMs(unit));

const derivative: WindowParser = (spec) => {
  const { input, unit, extents } = parseCalculus(spec, true);
  return (partition) => {
    const xs = axis(partition.keys, unit, spec.name);
    const ys = partition.docs.map((doc) => input.evaluate(doc));
    return extents(partition).map(({ from, to }) => {
      if (to - from < 2) return null;
      const run = subtractNumbers(xs[to - 1] as NumberValue, xs[from] as NumberValue);
      const [first, last] = [ys[from], ys[to - 1]];
      if (isNullish(first) || isNullish(last)) return null;
      if (!isNumber(first) || !isNumber(last)) refuse(5624903, '$derivative input must be numeric');
      if (toDouble(run) === 0) return null;
      return divideNumbers(subtractNumbers(last, first), inUnits(run, unit));
    });
  };
};

/** The areas of the trapezes between neighbours. */
const integral: WindowParser = (spec) => {
  const { input, unit, extents } = parseCalculus(spec, false);
  return (partition) => {
    const xs = axis(partition.keys, unit, spec.name);
    const ys = partition.docs.map((doc) => input.evaluate(doc));
    return extents(partition).map(({ from, to }) => {
      if (from === to) return null;
      const points: Point[] = [];
      for (let i = from; i < to; i++) {
        const y = ys[i];
        if (isNumber(y)) points.push({ x: xs[i] as NumberValue, y });
      }
      return inUnits(area(points), unit);
    });
  };
};

interface Point {
  readonly x: NumberValue;
  readonly y: NumberValue;
}

function area(points: readonly Point[]): NumberValue {
  let sum: NumberValue = int32(0);
  let before: Point | undefined;
  for (const point of points) {
    if (before !== undefined) {
      const doubled = multiplyNumbers(addNumbers(before.y, point.y), subtractNumbers(point.x, before.x));
      sum = addNumbers(sum, divideNumbers(doubled, int32(2)));
    }
    before = point;
  }
  return sum;
}

function covariance(pairs: readonly (readonly [number, number])[], lost: number): Value {
  if (pairs.length - lost <= 0) return null;
  const mean = (k: 0 | 1): number => pairs.reduce((sum, pair) => sum + pair[k], 0) / pairs.length;
  const [mx, my] = [mean(0), mean(1)];
  const moment = pairs.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
  return moment / (pairs.length - lost);
}

const covariances =
  (lost: number): WindowParser =>
  ({ operand, window, sort, compiler }): WindowFunction => {
    const pair = compiler.compile(operand);
    const bounds = window === undefined ? WHOLE : parseBounds(window, sort, compiler);
    return ({ docs, keys }) => {
      const values = docs.map((doc) => pair.evaluate(doc));
      return extentsOf(bounds, keys).map(({ from, to }) => {
        const pairs: (readonly [number, number])[] = [];
        for (const value of values.slice(from, to)) {
          const [x, y] = Array.isArray(value) && value.length === 2 ? value : [];
          if (isNumber(x) && isNumber(y)) pairs.push([toDouble(x), toDouble(y)]);
        }
        return covariance(pairs, lost);
      });
    };
  };

const ONE = decimalFromInteger(1);

function alphaOf(operand: Document): Decimal128 {
  const n = operand.get('N');
  const alpha = operand.get('alpha');
  if (operand.size !== 2 || !operand.has('input')) {
    unparsable(
      "$expMovingAvg sub object must have exactly two fields: An 'input' field, and either an 'N' field or an 'alpha' field",
    );
  }
  if (n !== undefined) {
    if (!isNumber(n) || !Number.isInteger(toDouble(n))) unparsable("'N' field must be an integer");
    if (toDouble(n) <= 0) unparsable(`'N' must be greater than zero. Got ${toDouble(n)}`);
    return divideDecimals(decimalFromInteger(2), decimalFromInteger(BigInt(toDouble(n)) + 1n));
  }
  if (!isNumber(alpha)) unparsable("'alpha' must be a number");
  const value = toDouble(alpha);
  if (!(value > 0 && value < 1)) {
    unparsable(`'alpha' must be between 0 and 1 (exclusive), found ${value}`);
  }
  return toDecimal(alpha);
}

/** Computed in decimals; the result is one only when an input was. */
const expMovingAvg: WindowParser = ({ operand, window, sort, compiler }) => {
  if (!(operand instanceof Document) || window !== undefined) {
    unparsable('$expMovingAvg must have exactly one argument that is an object');
  }
  const alpha = alphaOf(operand);
  const rest = subtractDecimals(ONE, alpha);
  if (sort === undefined) unparsable("$expMovingAvg requires an explicit 'sortBy'");
  const input = compiler.compile(operand.get('input') as Value);
  return ({ docs }) => {
    let average: Decimal128 | undefined;
    let decimals = false;
    return docs.map((doc) => {
      const value = input.evaluate(doc);
      if (isNumber(value)) {
        decimals ||= value instanceof Decimal128;
        const next = toDecimal(value);
        average =
          average === undefined
            ? next
            : addDecimals(multiplyDecimals(next, alpha), multiplyDecimals(average, rest));
      }
      if (average === undefined) return null;
      return decimals ? average : toDouble(average);
    });
  };
};

/** Rates, areas and moving averages. */
export const calculusFunctions: WindowTable = {
  $derivative: derivative,
  $integral: integral,
  $covariancePop: covariances(0),
  $covarianceSamp: covariances(1),
  $expMovingAvg: expMovingAvg,
};
