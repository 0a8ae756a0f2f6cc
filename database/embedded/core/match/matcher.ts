import type { Document } from '../document.ts';
import type { MatchEnv } from '../env.ts';
import type { MatchDetails } from '../path.ts';
import { compilePredicate } from './evaluate.ts';
import type { Level } from './parse.ts';
import { parseQuery } from './parse.ts';
import type { Predicate } from './tree.ts';

/** A compiled query. */
export interface Matcher {
  readonly tree: Predicate;
  matches(doc: Document): boolean;
  /** The array index that the positional `$` stands for in a document that matches; undefined when no array matched. */
  positionOf(doc: Document): number | undefined;
}

/**
 * Compiles a query document.
 * @throws MongoDB's code for what is malformed: mostly 2 BadValue or 9 FailedToParse.
 */
export function compileMatch(filter: Document, env: MatchEnv, level: Level = 'top'): Matcher {
  return matcherOf(parseQuery(filter, level), env);
}

/** A matcher for a tree that was parsed, or put together, before. */
export function matcherOf(tree: Predicate, env: MatchEnv): Matcher {
  const test = compilePredicate(tree, env);
  return {
    tree,
    matches: (doc) => test(doc, undefined),
    positionOf(doc) {
      const details: MatchDetails = { position: undefined };
      return test(doc, details) ? details.position : undefined;
    },
  };
}
