import type { Expression } from '../aggregate/expressions/expression.ts';
import { typePlace } from '../core/compare.ts';
import { Document } from '../core/document.ts';
import type { MatchEnv } from '../core/env.ts';
import { MAX_KEY, MIN_KEY, type Value } from '../core/values.ts';
import type { Condition } from './conditions.ts';
import type { FieldBounds } from './field-bounds.ts';
import { type Interval, interval, point } from './intervals.ts';

const mirrored: Readonly<Record<string, string>> = {
  $eq: '$eq',
  $gt: '$lt',
  $gte: '$lte',
  $lt: '$gt',
  $lte: '$gte',
};
const NULL_PLACE = typePlace(null);

/** All values are in one order to an expression: no type brackets; a missing field is less than everything. */
function intervalOf(operator: string, value: Value): Interval {
  switch (operator) {
    case '$eq':
      return point(value);
    case '$gt':
    case '$gte':
      return interval(value, operator === '$gte', MAX_KEY, true);
    default:
      return interval(MIN_KEY, true, value, operator === '$lte');
  }
}

function boundsFor(operator: string, value: Value): FieldBounds | undefined {
  if (Array.isArray(value) || typePlace(value) <= NULL_PLACE) return undefined;
  const place = typePlace(value);
  return {
    intervals: [intervalOf(operator, value)],
    mayBeMissing: operator === '$lt' || operator === '$lte',
    hasText: place === 15 || place === 20,
    exact: false,
  };
}

interface Sides {
  readonly path: string;
  readonly value: Value;
  readonly flipped: boolean;
}

function sidesOf(a: Expression, b: Expression): Sides | undefined {
  const sides = (path: Expression, constant: Expression, flipped: boolean): Sides | undefined => {
    if (path.form.kind !== 'path' || path.form.path === '' || constant.form.kind !== 'constant')
      return undefined;
    const { value } = constant.form;
    return value === undefined ? undefined : { path: path.form.path, value, flipped };
  };
  return sides(a, b, false) ?? sides(b, a, true);
}

/**
 * The comparisons of a field with a constant in an `$expr`, as conditions an index can serve. Variables of `let` are
 * constants by now.
 */
export function exprConditions(spec: Value, env: MatchEnv): Condition[] {
  if (!(spec instanceof Document) || spec.size !== 1) return [];
  const operator = spec.keys()[0] as string;
  const args = spec.get(operator);
  if (!Array.isArray(args)) return [];
  if (operator === '$and') return args.flatMap((arg) => exprConditions(arg, env));
  if (mirrored[operator] === undefined || args.length !== 2) return [];
  const compile = (arg: Value): Expression => env.expressions?.(arg, env) as Expression;
  const sides = sidesOf(compile(args[0] as Value), compile(args[1] as Value));
  const bounds = sides && boundsFor(sides.flipped ? (mirrored[operator] as string) : operator, sides.value);
  if (!sides || !bounds) return [];
  return [{ path: sides.path, group: '', wholeArrays: true, bounds: () => bounds }];
}
