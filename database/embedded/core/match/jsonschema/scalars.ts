import { compareValues } from '../../compare.ts';
import { decimalFromDouble, decimalFromInteger, decimalParts } from '../../decimal.ts';
import { remainderDecimals } from '../../decimalmath.ts';
import { Document } from '../../document.ts';
import { fail } from '../../errors.ts';
import { isNaNValue, isNumber, type NumberValue } from '../../numbers.ts';
import type { Value } from '../../values.ts';
import { Decimal128, Int32, typeNames, typeOf } from '../../values.ts';
import { parseNonNegativeLong } from '../integers.ts';
import { compileRegex } from '../pcre.ts';
import { parseTypeSet } from '../types.ts';
import type { Check, Keyword } from './check.ts';
import { malformed, mistyped } from './check.ts';

/** A document with its fields, at every level, in one order: enum and uniqueItems do not mind the order. */
function unordered(value: Value): Value {
  if (Array.isArray(value)) return value.map(unordered);
  if (!(value instanceof Document)) return value;
  const entries = value.entries().map(([name, item]) => [name, unordered(item)] as const);
  return Document.of(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function sameUnordered(a: Value, b: Value): boolean {
  return compareValues(unordered(a), unordered(b)) === 0;
}

export function hasRepetition(items: readonly Value[]): boolean {
  const sorted = items.map(unordered).sort((a, b) => compareValues(a, b));
  return sorted.some((item, i) => i > 0 && compareValues(item, sorted[i - 1]) === 0);
}

export const enumeration: Keyword = (argument, { keyword }) => {
  if (!Array.isArray(argument)) {
    return mistyped(keyword, `must be an array, but found an element of type ${typeNames[typeOf(argument)]}`);
  }
  if (argument.length === 0) malformed(keyword, 'cannot be an empty array');
  if (hasRepetition(argument)) malformed(keyword, 'array cannot contain duplicate values.');
  return (value) => argument.some((one) => sameUnordered(one, value));
};

/** The JSON names of types, and what they are in BSON. */
const jsonTypes: Readonly<Record<string, string>> = {
  array: 'array',
  boolean: 'bool',
  null: 'null',
  number: 'number',
  object: 'object',
  string: 'string',
};

function bsonName(name: Value, keyword: string): string {
  if (typeof name !== 'string') return mistyped(keyword, 'must be either a string or an array of strings');
  if (keyword === 'bsonType') return name;
  if (name === 'integer') {
    return fail(9, 'FailedToParse', "$jsonSchema type 'integer' is not currently supported.");
  }
  const known = Object.hasOwn(jsonTypes, name) ? jsonTypes[name] : undefined;
  return known ?? fail(2, 'BadValue', `Unknown type name alias: ${name}`);
}

export const types: Keyword = (argument, { keyword, schema }) => {
  if (keyword === 'type' && schema.has('bsonType')) {
    fail(9, 'FailedToParse', "Cannot specify both $jsonSchema keywords 'type' and 'bsonType'");
  }
  const names = Array.isArray(argument) ? argument : [argument];
  if (names.length === 0) malformed(keyword, 'must name at least one type');
  if (new Set(names).size < names.length) malformed(keyword, 'has duplicate value');
  const set = parseTypeSet(
    keyword,
    names.map((name) => bsonName(name, keyword)),
  );
  return (value) => set.has(typeOf(value));
};

/** A bound on numbers; its `exclusive…` sibling, a boolean as in draft 4, makes it strict. */
export function bound(exclusive: string, inside: (order: number) => boolean): Keyword {
  return (argument, { keyword, schema }) => {
    if (!isNumber(argument)) return mistyped(keyword, 'must be a number');
    const strict = schema.get(exclusive) === true;
    return (value) => {
      if (!isNumber(value)) return true;
      if (isNaNValue(value) || isNaNValue(argument))
        return !strict && isNaNValue(value) && isNaNValue(argument);
      const order = compareValues(value, argument);
      return inside(order) || (order === 0 && !strict);
    };
  };
}

export function exclusiveOf(other: string): Keyword {
  return (argument, { keyword, schema }) => {
    if (typeof argument !== 'boolean') mistyped(keyword, 'must be a boolean');
    if (!schema.has(other)) malformed(other, `must be a present if ${keyword} is present`);
    return undefined;
  };
}

function toDecimal(value: NumberValue): Decimal128 {
  if (value instanceof Decimal128) return value;
  if (typeof value === 'number') return decimalFromDouble(value);
  return decimalFromInteger(value instanceof Int32 ? value.value : value);
}

export const multipleOf: Keyword = (argument, { keyword }) => {
  if (!isNumber(argument)) return mistyped(keyword, 'must be a number');
  if (compareValues(argument, 0) <= 0 && !isNaNValue(argument))
    malformed(keyword, 'must have a positive value');
  const divisor = toDecimal(argument);
  return (value) => {
    if (!isNumber(value)) return true;
    const rest = decimalParts(remainderDecimals(toDecimal(value), divisor));
    return rest.kind === 'finite' && rest.coefficient === 0n;
  };
};

/** A count that must not be below or above a limit; values without that count are left alone. */
export function limit(
  count: (value: Value) => number | undefined,
  fits: (n: number, limit: number) => boolean,
): Keyword {
  return (argument, { keyword }) => {
    const parsed = parseNonNegativeLong(keyword, argument);
    if ('problem' in parsed) return fail(9, 'FailedToParse', parsed.problem);
    const most = Number(parsed.value);
    return (value) => {
      const n = count(value);
      return n === undefined || fits(n, most);
    };
  };
}

export const pattern: Keyword = (argument, { keyword }): Check => {
  if (typeof argument !== 'string') return mistyped(keyword, 'must be a string');
  const regex = compileRegex(argument, '');
  return (value) => typeof value !== 'string' || regex.test(value);
};

/** title and description say nothing about values. */
export const annotation: Keyword = (argument, { keyword }) => {
  if (typeof argument !== 'string') mistyped(keyword, 'must be of type string');
  return undefined;
};
