import { equalValues } from '../../core/compare.ts';
import { Document } from '../../core/document.ts';
import { fail } from '../../core/errors.ts';
import { isNumber } from '../../core/numbers.ts';
import { int32, type Value } from '../../core/values.ts';
import { binary, nameOfType, operator, refuse, unary } from './arguments.ts';
import { type Expression, isNullish, type OperatorTable } from './expression.ts';
import { asInt, printNumber } from './integers.ts';
import { searchBound } from './substring.ts';

/** The item at an index, counted from the end when negative; missing when there is none. */
function itemAt(list: Value | undefined, index: number, name: string, which: string): Value | undefined {
  if (isNullish(list)) return null;
  if (!Array.isArray(list)) {
    refuse(28689, `${name}'s ${which} must be an array, but is ${nameOfType(list)}`);
  }
  return list.at(index);
}

function arrayElemAt(list: Value | undefined, index: Value | undefined, name: string): Value | undefined {
  if (isNullish(list) || isNullish(index)) return null;
  if (!Array.isArray(list)) return itemAt(list, 0, name, 'first argument');
  if (!isNumber(index)) {
    refuse(28690, `${name}'s second argument must be a numeric value, but is ${nameOfType(index)}`);
  }
  const place = asInt(index);
  if (place === undefined) {
    refuse(
      28691,
      `${name}'s second argument must be representable as a 32-bit integer: ${printNumber(index)}`,
    );
  }
  return list.at(place);
}

const concatArrays = operator(0, Infinity, (args) => (root) => {
  const joined: Value[] = [];
  for (const arg of args) {
    const list = arg.evaluate(root);
    if (isNullish(list)) return null;
    if (!Array.isArray(list)) refuse(28664, `$concatArrays only supports arrays, not ${nameOfType(list)}`);
    for (const item of list) joined.push(item);
  }
  return joined;
});

const contains = operator(2, 2, (args, compiler) => {
  const [item, list] = args as [Expression, Expression];
  const { collation } = compiler.env;
  return (root) => {
    const value = item.evaluate(root);
    const items = list.evaluate(root);
    if (!Array.isArray(items)) {
      refuse(40081, `$in requires an array as a second argument, found: ${nameOfType(items)}`);
    }
    return items.some((other) => equalValues(value, other, collation));
  };
});

const indexOfArray = operator(2, 4, (args, compiler, name) => {
  const [list, item, from, to] = args as [Expression, Expression, Expression?, Expression?];
  return (root) => {
    const items = list.evaluate(root);
    if (isNullish(items)) return null;
    if (!Array.isArray(items)) {
      refuse(40090, `$indexOfArray requires an array as a first argument, found: ${nameOfType(items)}`);
    }
    const start = from === undefined ? 0 : searchBound(from.evaluate(root), name, 'starting');
    const end = to === undefined ? items.length : searchBound(to.evaluate(root), name, 'ending');
    const value = item.evaluate(root);
    for (let i = start; i < Math.min(end, items.length); i++) {
      if (equalValues(items[i], value, compiler.env.collation)) return int32(i);
    }
    return int32(-1);
  };
});

function bound(
  value: Value | undefined,
  codes: readonly [number, number],
  what: string,
  article: string,
): number {
  if (!isNumber(value)) {
    refuse(codes[0], `$range requires a numeric ${what} value, found value of type: ${nameOfType(value)}`);
  }
  const whole = asInt(value);
  if (whole === undefined) {
    refuse(
      codes[1],
      `$range requires ${article} ${what} value that can be represented as a 32-bit integer, found value: ${printNumber(value)}`,
    );
  }
  return whole;
}

/** What a range may take: 100 MB at MongoDB's 16 bytes a value. */
const LONGEST_RANGE = 6_553_600;

const range = operator(2, 3, ([from, to, by]) => (root) => {
  const start = bound(from?.evaluate(root), [34443, 34444], 'starting', 'a');
  const end = bound(to?.evaluate(root), [34445, 34446], 'ending', 'an');
  const step = by === undefined ? 1 : bound(by.evaluate(root), [34447, 34448], 'step', 'a');
  if (step === 0) refuse(34449, '$range requires a non-zero step value');
  if ((end - start) / step > LONGEST_RANGE) {
    fail(146, 'ExceededMemoryLimit', '$range would use too much memory and cannot spill to disk.');
  }
  const items: Value[] = [];
  for (let i = start; step > 0 ? i < end : i > end; i += step) items.push(int32(i));
  return items;
});

function reverseArray(list: Value | undefined): Value {
  if (isNullish(list)) return null;
  if (!Array.isArray(list)) {
    refuse(34435, `The argument to $reverseArray must be an array, but was of type: ${nameOfType(list)}`);
  }
  return list.toReversed();
}

function size(list: Value | undefined): Value {
  if (!Array.isArray(list)) {
    refuse(17124, `The argument to $size must be an array, but was of type: ${nameOfType(list)}`);
  }
  return int32(list.length);
}

const ORDINALS = { 28725: 'Second', 28727: 'Third' } as const;

function sliceNumber(value: Value, code: 28725 | 28727): number {
  const nth = ORDINALS[code];
  if (!isNumber(value)) {
    refuse(code, `${nth} argument to $slice must be numeric, but is of type: ${nameOfType(value)}`);
  }
  const whole = asInt(value);
  if (whole === undefined) {
    refuse(
      code + 1,
      `${nth} argument to $slice can't be represented as a 32-bit integer: ${printNumber(value)}`,
    );
  }
  return whole;
}

const slice = operator(2, 3, ([source, first, second]) => (root) => {
  const list = source?.evaluate(root);
  const at = first?.evaluate(root);
  if (isNullish(list) || isNullish(at)) return null;
  if (!Array.isArray(list)) {
    refuse(28724, `First argument to $slice must be an array, but is of type: ${nameOfType(list)}`);
  }
  const place = sliceNumber(at, 28725);
  if (second === undefined) return place >= 0 ? list.slice(0, place) : list.slice(place);
  const wanted = second.evaluate(root);
  if (isNullish(wanted)) return null;
  const count = sliceNumber(wanted, 28727);
  if (count <= 0) refuse(28729, `Third argument to $slice must be positive: ${count}`);
  const start = place < 0 ? Math.max(0, list.length + place) : place;
  return list.slice(start, start + count);
});

function objectToArray(value: Value | undefined): Value {
  if (isNullish(value)) return null;
  if (!(value instanceof Document)) {
    refuse(40390, `$objectToArray requires a document input, found: ${nameOfType(value)}`);
  }
  return value.entries().map(([k, v]) =>
    Document.of([
      ['k', k],
      ['v', v],
    ]),
  );
}

/** Arrays and their items. */
export const arrayOperators: OperatorTable = {
  $arrayElemAt: binary(arrayElemAt),
  $first: unary((list, name) => itemAt(list, 0, name, 'argument')),
  $last: unary((list, name) => itemAt(list, -1, name, 'argument')),
  $concatArrays: concatArrays,
  $in: contains,
  $indexOfArray: indexOfArray,
  $isArray: unary((value) => Array.isArray(value)),
  $range: range,
  $reverseArray: unary(reverseArray),
  $size: unary(size),
  $slice: slice,
  $objectToArray: unary(objectToArray),
};
