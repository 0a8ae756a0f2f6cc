import type { Collation } from '../core/compare.ts';
import type { MatchEnv } from '../core/env.ts';
import type { Predicate } from '../core/match/tree.ts';
import { exprConditions } from './expr-bounds.ts';
import { boundsOf, type FieldBounds } from './field-bounds.ts';

/** An `$elemMatch`: its conditions are all on one item of the array at its path. */
export interface Item {
  readonly path: string;
}

/** A condition on a path that every document sought must fulfil. */
export interface Condition {
  readonly path: string;
  /** The `$elemMatch`es it stands in, from the outermost. */
  readonly items: readonly Item[];
  /** It compares arrays as wholes, so an index that has taken one apart cannot serve. */
  readonly wholeArrays: boolean;
  bounds(collation: Collation | undefined): FieldBounds | undefined;
}

/** The conditions of the top-level conjunction, with those inside `$elemMatch` on their full paths. */
export function conditionsOf(tree: Predicate, env: MatchEnv): Condition[] {
  const found: Condition[] = [];
  collect(tree, { prefix: '', items: [], env }, found);
  return found;
}

interface Inside {
  readonly prefix: string;
  readonly items: readonly Item[];
  readonly env: MatchEnv;
}

function plain(path: string, items: readonly Item[], predicate: Predicate): Condition {
  return { path, items, wholeArrays: false, bounds: (collation) => boundsOf(predicate, collation) };
}

function collect(predicate: Predicate, inside: Inside, found: Condition[]): void {
  const { prefix, items, env } = inside;
  if (predicate.kind === 'and') {
    for (const child of predicate.children) collect(child, inside, found);
  } else if (predicate.kind === 'elemMatchObject') {
    const path = prefix + predicate.path;
    collect(predicate.child, { prefix: `${path}.`, items: [...items, { path }], env }, found);
  } else if (predicate.kind === 'not') {
    const { child } = predicate;
    if ('path' in child) found.push(plain(prefix + child.path, items, predicate));
  } else if (predicate.kind === 'expr') {
    if (prefix === '') found.push(...exprConditions(predicate.spec, env));
  } else if ('path' in predicate) {
    found.push(plain(prefix + predicate.path, items, predicate));
  }
}

/** The `$or`s of the top-level conjunction. */
export function disjunctionsOf(tree: Predicate): Extract<Predicate, { kind: 'and' | 'or' | 'nor' }>[] {
  if (tree.kind === 'or') return [tree];
  if (tree.kind !== 'and') return [];
  return tree.children.flatMap(disjunctionsOf);
}

/** Whether nothing can match: `$alwaysFalse`, or an `$in` of nothing. */
export function isNever(tree: Predicate): boolean {
  if (tree.kind === 'always') return !tree.result;
  if (tree.kind === 'in') return tree.values.length === 0 && tree.regexes.length === 0;
  if (tree.kind === 'and') return tree.children.some(isNever);
  return tree.kind === 'or' && tree.children.every(isNever);
}
