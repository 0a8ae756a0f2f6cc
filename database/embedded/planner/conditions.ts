import type { Predicate } from '../core/match/tree.ts';

/** A condition on a path that every document sought must fulfil. `group` is shared by conditions on one array item. */
export interface Condition {
  readonly path: string;
  readonly predicate: Predicate;
  readonly group: string;
}

/** The conditions of the top-level conjunction, with those inside `$elemMatch` on their full paths. */
export function conditionsOf(tree: Predicate): Condition[] {
  const found: Condition[] = [];
  collect(tree, '', '', found);
  return found;
}

let groups = 0;

function collect(predicate: Predicate, prefix: string, group: string, found: Condition[]): void {
  if (predicate.kind === 'and') {
    for (const child of predicate.children) collect(child, prefix, group, found);
  } else if (predicate.kind === 'elemMatchObject') {
    groups = (groups + 1) % 1_000_000;
    collect(predicate.child, `${prefix}${predicate.path}.`, `${group}/${groups}`, found);
  } else if (predicate.kind === 'not') {
    const { child } = predicate;
    if ('path' in child) found.push({ path: prefix + child.path, predicate, group });
  } else if ('path' in predicate) {
    found.push({ path: prefix + predicate.path, predicate, group });
  }
}

/** The `$or`s of the top-level conjunction. */
export function disjunctionsOf(tree: Predicate): Extract<Predicate, { kind: 'and' | 'or' | 'nor' }>[] {
  if (tree.kind === 'or') return [tree];
  if (tree.kind !== 'and') return [];
  return tree.children.flatMap(disjunctionsOf);
}
