import { decimalToInteger } from '../decimalmath.ts';
import { Document } from '../document.ts';
import { fail } from '../errors.ts';
import { isNumber, toExactInteger } from '../numbers.ts';
import { show } from '../show.ts';
import type { Value } from '../values.ts';
import { Decimal128, RegExpValue, Undefined } from '../values.ts';
import { parseBitPositions } from './bits.ts';
import { parseNonNegativeInt } from './integers.ts';
import { compileRegex } from './pcre.ts';
import type { BitsKind, ComparisonKind, Predicate } from './tree.ts';
import { parseTypeSet } from './types.ts';

/** What an operator's parser may ask of the query's parser. */
export interface OperatorContext {
  readonly path: string;
  /** The whole operator object; $regex and $options read each other. */
  readonly siblings: Document;
  readonly operator: string;
  /** Parses the conditions of an operator object on a path. */
  conditions(path: string, operators: Document, nested: boolean): Predicate[];
  /** Parses a query on sub-documents. */
  query(filter: Document): Predicate;
  isLogical(operator: string): boolean;
}

type OperatorParser = (operand: Value, context: OperatorContext) => Predicate | undefined;

const bad = (message: string): never => fail(2, 'BadValue', message);

const not = (child: Predicate): Predicate => ({ kind: 'not', child });

function comparison(kind: ComparisonKind): OperatorParser {
  return (value, { path }) => {
    if (kind !== 'eq' && value instanceof RegExpValue) {
      bad(`Can't have RegEx as arg to predicate over field '${path}'.`);
    }
    if (value instanceof Undefined) bad('cannot compare to undefined');
    return { kind, path, value };
  };
}

function notEqual(value: Value, { path }: OperatorContext): Predicate {
  if (value instanceof RegExpValue) bad("Can't have regex as arg to $ne.");
  if (value instanceof Undefined) bad('cannot compare to undefined');
  return not({ kind: 'eq', path, value });
}

/** True for `{ $op: … }`, but not for a DBRef; `loose` takes a part of a DBRef for one. */
export function isOperatorDocument(value: Value | undefined, loose = false): value is Document {
  if (!(value instanceof Document)) return false;
  if (!value.keys()[0]?.startsWith('$')) return false;
  const parts = ['$ref', '$id', '$db'].map((name) => value.has(name));
  return !(loose ? parts.some(Boolean) : parts[0] && parts[1]);
}

function membership(value: Value, { path, operator }: OperatorContext): Predicate {
  if (!Array.isArray(value)) return bad(`${operator} needs an array`);
  const regexes: RegExpValue[] = [];
  const values: Value[] = [];
  for (const item of value) {
    if (isOperatorDocument(item)) bad('cannot nest $ under $in');
    if (item instanceof Undefined) bad('InMatchExpression equality cannot be undefined');
    if (item instanceof RegExpValue) {
      compileRegex(item.pattern, item.flags);
      regexes.push(item);
    } else {
      values.push(item);
    }
  }
  return { kind: 'in', path, values, regexes };
}

export function isTrue(value: Value | undefined): boolean {
  if (typeof value === 'boolean') return value;
  if (value === null || value === undefined || value instanceof Undefined) return false;
  return !isNumber(value) || toExactInteger(value) !== 0n;
}

function exists(value: Value, { path }: OperatorContext): Predicate {
  const predicate: Predicate = { kind: 'exists', path };
  return isTrue(value) ? predicate : not(predicate);
}

function regexOf(siblings: Document): { pattern: string; flags: string } {
  let pattern = '';
  let flags = '';
  for (const [name, value] of siblings.entries()) {
    if (name === '$regex' && value instanceof RegExpValue) {
      pattern = value.pattern;
      if (value.flags !== '' && flags !== '')
        fail(51074, 'Location51074', 'options set in both $regex and $options');
      flags = value.flags || flags;
    } else if (name === '$regex') {
      pattern = typeof value === 'string' ? value : bad('$regex has to be a string');
    } else if (name === '$options') {
      if (typeof value !== 'string') return bad('$options has to be a string');
      if (flags !== '') fail(51075, 'Location51075', 'options set in both $regex and $options');
      flags = value;
    }
  }
  return { pattern, flags };
}

/** The tree's condition on texts; an invalid pattern is refused here, as the server does while parsing. */
export function regexPredicate(path: string, pattern: string, flags: string): Predicate {
  compileRegex(pattern, flags);
  return { kind: 'regex', path, pattern, flags };
}

function regex(_: Value, { path, siblings }: OperatorContext): Predicate {
  const { pattern, flags } = regexOf(siblings);
  return regexPredicate(path, pattern, flags);
}

function options(_: Value, { siblings }: OperatorContext): undefined {
  if (!siblings.has('$regex')) bad('$options needs a $regex');
}

const MAX_LONG = 2n ** 63n - 1n;

/** A number cut to a 64-bit integer, as the server coerces the arguments of $mod. */
function coerced(what: string, value: Value | undefined): bigint {
  if (value === undefined) return bad('malformed mod, not enough elements');
  if (!isNumber(value)) return bad(`malformed mod, ${what} not a number`);
  const context = `malformed mod, ${what} value is invalid :: caused by :: `;
  const number = typeof value === 'number' ? Math.trunc(value) : value;
  const integer = number instanceof Decimal128 ? decimalToInteger(number) : toExactInteger(number);
  if (integer === undefined && !(number instanceof Decimal128 && Number.isFinite(Number(show(number))))) {
    return bad(`${context}Unable to coerce NaN/Inf to integral type`);
  }
  if (integer === undefined || integer > MAX_LONG || integer < -MAX_LONG - 1n) {
    return bad(`${context}Out of bounds coercing to integral value`);
  }
  return integer;
}

function mod(value: Value, { path }: OperatorContext): Predicate {
  if (!Array.isArray(value)) return bad('malformed mod, needs to be an array');
  if (value.length < 2) {
    if (value.length === 1 && !isNumber(value[0])) bad('malformed mod, divisor not a number');
    return bad('malformed mod, not enough elements');
  }
  if (!isNumber(value[0])) bad('malformed mod, divisor not a number');
  if (!isNumber(value[1])) bad('malformed mod, remainder not a number');
  if (value.length > 2) bad('malformed mod, too many elements');
  const divisor = coerced('divisor', value[0]);
  const remainder = coerced('remainder', value[1]);
  if (divisor === 0n) bad('divisor cannot be 0');
  return { kind: 'mod', path, divisor, remainder };
}

function size(value: Value, { path }: OperatorContext): Predicate {
  const parsed = parseNonNegativeInt('$size', value);
  if ('problem' in parsed) return bad(`Failed to parse $size. ${parsed.problem}`);
  return { kind: 'size', path, size: Number(parsed.value) };
}

function elemMatch(value: Value, context: OperatorContext): Predicate {
  if (!(value instanceof Document)) return bad('$elemMatch needs an Object');
  const { path } = context;
  if (isOperatorDocument(value, true) && !context.isLogical(value.keys()[0] as string)) {
    return { kind: 'elemMatchValue', path, children: context.conditions('', value, true) };
  }
  return { kind: 'elemMatchObject', path, child: context.query(value) };
}

function all(value: Value, context: OperatorContext): Predicate {
  if (!Array.isArray(value)) return bad('$all needs an array');
  if (value.length === 0) return { kind: 'always', result: false };
  const first = (item: Value | undefined): string | undefined =>
    item instanceof Document ? item.keys()[0] : undefined;
  const children: Predicate[] = [];
  const nested = first(value[0]) === '$elemMatch';
  for (const item of value) {
    if (nested) {
      if (first(item) !== '$elemMatch') bad('$all/$elemMatch has to be consistent');
      children.push(elemMatch((item as Document).values()[0] as Value, context));
    } else if (item instanceof RegExpValue) {
      children.push(regexPredicate(context.path, item.pattern, item.flags));
    } else if (Object.hasOwn(queryOperators, first(item) ?? '')) {
      bad('no $ expressions in $all');
    } else {
      children.push(comparison('eq')(item, context) as Predicate);
    }
  }
  return children.length === 1 ? (children[0] as Predicate) : { kind: 'and', children };
}

function negation(value: Value, context: OperatorContext): Predicate {
  const { path } = context;
  if (value instanceof RegExpValue) return not(regexPredicate(path, value.pattern, value.flags));
  if (!(value instanceof Document)) return bad('$not needs a regex or a document');
  if (value.size === 0) return bad('$not cannot be empty');
  return not({ kind: 'and', children: context.conditions(path, value, false) });
}

function bits(wanted: BitsKind): OperatorParser {
  return (value, { path, operator }) => ({
    kind: 'bits',
    path,
    wanted,
    positions: parseBitPositions(operator, path, value),
  });
}

function refused(message: string, code = 238, name = 'NotImplemented'): OperatorParser {
  return () => fail(code, name, message);
}

const needsGeoIndex = refused('unable to find index for $geoNear query', 291, 'NoQueryExecutionPlans');

/** The operators on a field, by name. */
export const queryOperators: Readonly<Record<string, OperatorParser>> = {
  $eq: comparison('eq'),
  $ne: notEqual,
  $lt: comparison('lt'),
  $lte: comparison('lte'),
  $gt: comparison('gt'),
  $gte: comparison('gte'),
  $in: membership,
  $nin: (value, context) => not(membership(value, context)),
  $exists: exists,
  $type: (value, { path }) => ({ kind: 'type', path, types: parseTypeSet(path, value) }),
  $regex: regex,
  $options: options,
  $mod: mod,
  $size: size,
  $all: all,
  $elemMatch: elemMatch,
  $not: negation,
  $bitsAllSet: bits('allSet'),
  $bitsAllClear: bits('allClear'),
  $bitsAnySet: bits('anySet'),
  $bitsAnyClear: bits('anyClear'),
};

/** Operators on a field that are known and refused. */
export const refusedOperators: Readonly<Record<string, OperatorParser>> = {
  $geoWithin: refused('$geoWithin is not supported'),
  $within: refused('$within is not supported'),
  $geoIntersects: refused('$geoIntersects is not supported'),
  $near: needsGeoIndex,
  $nearSphere: needsGeoIndex,
  $geoNear: needsGeoIndex,
  $where: refused('$where cannot be applied to a field', 2, 'BadValue'),
};
