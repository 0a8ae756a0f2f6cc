import type { Collation } from '../core/compare.ts';
import type { MatchEnv } from '../core/env.ts';
import type { Predicate } from '../core/match/tree.ts';
import { exprConditions } from './expr-bounds.ts';
import { boundsOf, type FieldBounds } from './field-bounds.ts';

/** A condition on a path that every document sought must fulfil. */
export interface Condition {
  readonly path: string;
  /** Shared by conditions on one array item; empty outside of `$elemMatch`. */
  readonly group: string;
  /** It compares arrays as wholes, so an index that has taken one apart cannot serve. */
  readonly wholeArrays: boolean;
  bounds(collation: Collation | undefined): FieldBounds | undefined;
}

/** The conditions of the top-level conjunction, with those inside `$elemMatch` on their full paths. */
export function conditionsOf(tree: Predicate, env: MatchEnv): Condition[] {
  const found: Condition[] = [];
  collect(tree, { prefix: '', group: '', env }, found);
  return found;
}

interface Inside {
  readonly prefix: string;
  readonly group: string;
  readonly env: MatchEnv;
}

let groups = 0;

function plain(path: string, group: string, predicate: Predicate): Condition {
  return { path, group, wholeArrays: false, bounds: (collation) => boundsOf(predicate, collation) };
}

function collect(predicate: Predicate, inside: Inside, found: Condition[]): void {
  const { prefix, group, env } = inside;
  if (predicate.kind === 'and') {
    for (const child of predicate.children) collect(child, inside, found);
  } else if (predicate.kind === 'elemMatchObject') {
    groups = (groups + 1) % 1_000_000;
    collect(
      predicate.child,
      { prefix: `${prefix}${predicate.path}.`, group: `${group}/${groups}`, env },
      found,
    );
  } else if (predicate.kind === 'not') {
    const { child } = predicate;
    if ('path' in child) found.push(plain(prefix + child.path, group, predicate));
  } else if (predicate.kind === 'expr') {
    if (prefix === '') found.push(...exprConditions(predicate.spec, env));
  } else if ('path' in predicate) {
    found.push(plain(prefix + predicate.path, group, predicate));
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
