import { Document } from '../document.ts';
import type { MatchEnv } from '../env.ts';
import { fail, MongoError } from '../errors.ts';
import { matcherOf } from '../match/matcher.ts';
import { parseQuery } from '../match/parse.ts';
import type { Predicate } from '../match/tree.ts';
import type { Value } from '../values.ts';

/** The filters of an update, by identifier: whether an array's item is meant. */
export type ArrayFilters = ReadonlyMap<string, (item: Value) => boolean>;

function* topNames(predicate: Predicate): Iterable<string> {
  if ('path' in predicate) yield predicate.path.split('.')[0] as string;
  else if ('children' in predicate) for (const child of predicate.children) yield* topNames(child);
  else if ('child' in predicate) yield* topNames(predicate.child);
}

function identifierOf(tree: Predicate): string {
  const [name, other] = new Set(topNames(tree));
  const context = 'Error parsing array filter :: caused by :: ';
  if (name === undefined) {
    return fail(
      9,
      'FailedToParse',
      'Cannot use an expression without a top-level field name in arrayFilters',
    );
  }
  if (other !== undefined) {
    fail(
      9,
      'FailedToParse',
      `${context}Expected a single top-level field name, found '${name}' and '${other}'`,
    );
  }
  if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) {
    fail(
      2,
      'BadValue',
      `${context}The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
    );
  }
  return name;
}

function parseFilter(filter: Document): Predicate {
  try {
    return parseQuery(filter, 'plain');
  } catch (error) {
    if (!(error instanceof MongoError)) throw error;
    return fail(error.code, error.codeName, `Error parsing array filter :: caused by :: ${error.message}`);
  }
}

/** Compiles `arrayFilters`. Throws 2 or 9 for filters that name no, several or badly spelled identifiers. */
export function parseArrayFilters(filters: readonly Document[], env: MatchEnv): ArrayFilters {
  const found = new Map<string, (item: Value) => boolean>();
  for (const filter of filters) {
    const tree = parseFilter(filter);
    const identifier = identifierOf(tree);
    if (found.has(identifier)) {
      fail(
        9,
        'FailedToParse',
        `Found multiple array filters with the same top-level field name ${identifier}`,
      );
    }
    const matcher = matcherOf(tree, env);
    found.set(identifier, (item) => matcher.matches(Document.of([[identifier, item]])));
  }
  return found;
}
