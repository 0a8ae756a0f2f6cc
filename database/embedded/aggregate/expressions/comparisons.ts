import type { Value } from '../../core/values.ts';
import { compileExpression } from './compile.ts';
import type { Expression, ExpressionEnv } from './expression.ts';

/**
 * A comparison that every document fulfilling an `$expr` fulfils too, in MongoDB's total order of values: there
 * are no type brackets, so `gt` 5 runs from 5 to MaxKey. It holds for the value at the path as aggregation sees
 * it, so only an index that is not multikey on the path may serve it; missing is indexed as null. Documents
 * found by it must still be matched.
 */
export type ImpliedComparison =
  | { readonly path: string; readonly kind: 'eq' | 'lt' | 'lte' | 'gt' | 'gte'; readonly value: Value }
  | { readonly path: string; readonly kind: 'in'; readonly values: readonly Value[] };

type Kind = 'eq' | 'lt' | 'lte' | 'gt' | 'gte';

const kinds: Readonly<Record<string, Kind>> = {
  $eq: 'eq',
  $lt: 'lt',
  $lte: 'lte',
  $gt: 'gt',
  $gte: 'gte',
};
const mirrored: Readonly<Record<Kind, Kind>> = { eq: 'eq', lt: 'gt', lte: 'gte', gt: 'lt', gte: 'lte' };

/** A path an index can have: not the whole document, and no number in it, which only queries take for an index. */
function indexable(expression: Expression | undefined): string | undefined {
  const form = expression?.form;
  if (form?.kind !== 'path' || form.path === '' || /(^|\.)\d+(\.|$)/.test(form.path)) return undefined;
  return form.path;
}

function compared(path: string, kind: Kind, value: Value | undefined): ImpliedComparison[] {
  if (Array.isArray(value)) return [];
  if (value === undefined) return kind === 'eq' ? [{ path, kind, value: null }] : [];
  return [{ path, kind, value }];
}

function ofComparison(kind: Kind, [left, right]: readonly Expression[]): ImpliedComparison[] {
  const path = indexable(left);
  if (path !== undefined && right?.form.kind === 'constant') return compared(path, kind, right.form.value);
  const other = indexable(right);
  if (other !== undefined && left?.form.kind === 'constant') {
    return compared(other, mirrored[kind], left.form.value);
  }
  return [];
}

function ofIn([item, list]: readonly Expression[]): ImpliedComparison[] {
  const path = indexable(item);
  if (path === undefined || list?.form.kind !== 'constant' || !Array.isArray(list.form.value)) return [];
  const values = list.form.value;
  return values.some((value) => Array.isArray(value)) ? [] : [{ path, kind: 'in', values }];
}

function impliedBy({ form }: Expression): ImpliedComparison[] {
  if (form.kind !== 'call') return [];
  if (form.operator === '$and') return form.args.flatMap(impliedBy);
  if (form.operator === '$in') return ofIn(form.args);
  const kind = Object.hasOwn(kinds, form.operator) ? kinds[form.operator] : undefined;
  return kind === undefined ? [] : ofComparison(kind, form.args);
}

/** The comparisons of paths with constants that an `$expr` implies, once its variables are bound. */
export function comparisonsOf(spec: Value, env: ExpressionEnv): ImpliedComparison[] {
  return impliedBy(compileExpression(spec, env));
}
