import { isNumber, type NumberValue, toDouble, toExactInteger } from '../../core/numbers.ts';
import { int32, type Value } from '../../core/values.ts';
import { nameOfType, operator, refuse } from './arguments.ts';
import { type Expression, isNullish, type Operator, type OperatorTable } from './expression.ts';
import { asInt, printNumber } from './integers.ts';
import { coerceToString, isAstral, lengthInCodePoints } from './text.ts';

/** A number cut to an integer, as `Value::coerceToLong` does. */
function wholeOf(value: NumberValue): number {
  return Number(toExactInteger(value) ?? BigInt(Math.trunc(toDouble(value)) || 0));
}

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

const substrBytes = operator(3, 3, ([text, from, count], _compiler, name) => (root) => {
  const bytes = Buffer.from(coerceToString(text?.evaluate(root)));
  const lower = from?.evaluate(root);
  const size = count?.evaluate(root);
  if (!isNumber(lower)) {
    refuse(16034, `${name}:  starting index must be a numeric type (is BSON type ${nameOfType(lower)})`);
  }
  if (!isNumber(size)) {
    refuse(16035, `${name}:  length must be a numeric type (is BSON type ${nameOfType(size)})`);
  }
  const start = wholeOf(lower);
  if (start < 0) refuse(50752, `${name}:  starting index must be non-negative (got: ${start})`);
  const wanted = wholeOf(size);
  const end = wanted < 0 ? bytes.length : Math.min(bytes.length, start + wanted);
  if (isContinuation(bytes[start])) {
    refuse(28656, `${name}:  Invalid range, starting index is a UTF-8 continuation byte.`);
  }
  if (end >= start && isContinuation(bytes[end])) {
    refuse(28657, `${name}:  Invalid range, ending index is in the middle of a UTF-8 character.`);
  }
  return bytes.toString('utf8', start, Math.max(start, end));
});

function count32(value: Value | undefined, codes: readonly [number, number], what: string): number {
  if (!isNumber(value)) {
    refuse(codes[0], `${what} must be a numeric type (is BSON type ${nameOfType(value)})`);
  }
  const whole = asInt(value);
  if (whole === undefined) {
    refuse(codes[1], `${what} cannot be represented as a 32-bit integral value: ${printNumber(value)}`);
  }
  return whole;
}

const substrCP = operator(3, 3, ([text, from, count], _compiler, name) => (root) => {
  const source = coerceToString(text?.evaluate(root));
  const start = count32(from?.evaluate(root), [34450, 34451], `${name}: starting index`);
  const size = count32(count?.evaluate(root), [34452, 34453], `${name}: length`);
  if (size < 0) refuse(34454, `${name}: length must be a nonnegative integer.`);
  if (start < 0) refuse(34455, `${name}: the starting index must be nonnegative integer.`);
  if (!isAstral(source)) return source.slice(start, start + size);
  return [...source].slice(start, start + size).join('');
});

/** A bound of a search: an integer from 0 on. */
export function searchBound(value: Value | undefined, name: string, which: string): number {
  const bound = asInt(value);
  if (bound === undefined) {
    refuse(
      40096,
      `${name} requires an integral ${which} index, found a value of type: ${nameOfType(value)}, with value: ${isNumber(value) ? printNumber(value) : nameOfType(value)}`,
    );
  }
  if (bound < 0) refuse(40097, `${name} requires a nonnegative ${which} index, found: ${bound}`);
  return bound;
}

interface Search<T> {
  /** The codes of a first and second operand that is no text. */
  readonly codes: readonly [number, number];
  take(text: string): T;
  length(units: T): number;
  find(units: T, token: T, from: number, to: number): number;
}

function searching<T>(search: Search<T>): Operator {
  return operator(2, 4, (args, _compiler, name) => {
    const [text, token, from, to] = args as [Expression, Expression, Expression?, Expression?];
    return (root) => {
      const where = text.evaluate(root);
      if (isNullish(where)) return null;
      if (typeof where !== 'string') {
        refuse(
          search.codes[0],
          `${name} requires a string as the first argument, found: ${nameOfType(where)}`,
        );
      }
      const what = token.evaluate(root);
      if (typeof what !== 'string') {
        refuse(
          search.codes[1],
          `${name} requires a string as the second argument, found: ${nameOfType(what)}`,
        );
      }
      const units = search.take(where);
      const start = from === undefined ? 0 : searchBound(from.evaluate(root), name, 'starting');
      const length = search.length(units);
      const end =
        to === undefined ? length : Math.min(length, searchBound(to.evaluate(root), name, 'ending'));
      return int32(start > length || end < start ? -1 : search.find(units, search.take(what), start, end));
    };
  });
}

function findBytes(units: Buffer, token: Buffer, from: number, to: number): number {
  const at = units.subarray(0, to).indexOf(token, from);
  return token.length === 0 ? from : at;
}

/** A match may begin before the end and reach beyond it: MongoDB only bounds where it begins. */
function findPoints(units: readonly string[], token: readonly string[], from: number, to: number): number {
  if (units.length === 0 && token.length === 0) return 0;
  for (let i = from; i < to; i++) {
    if (token.every((point, k) => units[i + k] === point)) return i;
  }
  return -1;
}

/** Parts of texts and where they are. */
export const substringOperators: OperatorTable = {
  $substr: substrBytes,
  $substrBytes: substrBytes,
  $substrCP: substrCP,
  $indexOfBytes: searching<Buffer>({
    codes: [40091, 40092],
    take: (text) => Buffer.from(text),
    length: (units) => units.length,
    find: findBytes,
  }),
  $indexOfCP: searching<readonly string[]>({
    codes: [40093, 40094],
    take: (text) => (lengthInCodePoints(text) === text.length ? text.split('') : [...text]),
    length: (units) => units.length,
    find: findPoints,
  }),
};
