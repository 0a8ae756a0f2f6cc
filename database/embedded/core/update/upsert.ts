import { Document } from '../document.ts';
import { fail } from '../errors.ts';
import type { Predicate } from '../match/tree.ts';
import { checkStorable } from '../storable.ts';
import type { Value } from '../values.ts';
import { Edit } from './edit.ts';
import { withIdFirst } from './replace.ts';
import type { Update } from './update.ts';

/** The equalities that a query states outright: alone, in $and, as an $in of one value, or in an $or of one branch. */
function* equalities(predicate: Predicate): Iterable<readonly [path: string, value: Value]> {
  switch (predicate.kind) {
    case 'eq':
      yield [predicate.path, predicate.value];
      break;
    case 'in':
      if (predicate.values.length === 1 && predicate.regexes.length === 0) {
        yield [predicate.path, predicate.values[0] as Value];
      }
      break;
    case 'and':
      for (const child of predicate.children) yield* equalities(child);
      break;
    case 'or':
      if (predicate.children.length === 1) yield* equalities(predicate.children[0] as Predicate);
      break;
    default:
  }
}

const isUnder = (path: string, prefix: string): boolean => path.startsWith(`${prefix}.`);

function conflicting(path: string, other: string): never {
  const which =
    path === other ? `path '${path}' is matched twice` : `both paths '${path}' and '${other}' are matched`;
  return fail(54, 'NotSingleValueField', `cannot infer query fields to set, ${which}`);
}

function fromQuery(tree: Predicate, onlyId: boolean): Document {
  const found = [...equalities(tree)]
    .filter(([path]) => !onlyId || path === '_id' || isUnder(path, '_id'))
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const edit = new Edit(Document.of());
  const seen: string[] = [];
  for (const [path, value] of found) {
    if (onlyId && path !== '_id') {
      fail(
        111,
        'NotExactValueField',
        `field at '_id' must be exactly specified, field at sub-path '${path}'found`,
      );
    }
    const other = seen.find((one) => one === path || isUnder(path, one));
    if (other !== undefined) conflicting(path, other);
    seen.push(path);
    edit.set(path.split('.'), value);
  }
  return edit.root;
}

function hasExpr(predicate: Predicate): boolean {
  if (predicate.kind === 'expr') return true;
  return 'children' in predicate && predicate.children.some(hasExpr);
}

/** Refuses `$expr` in the query of an upsert, which the server does whether or not a document matches. */
export function checkUpsertQuery(tree: Predicate): void {
  if (hasExpr(tree)) {
    fail(224, 'QueryFeatureNotAllowed', '$expr is not allowed in the query predicate for an upsert');
  }
}

/**
 * The document an upsert inserts: the query's equalities (for a replacement only `_id`), then the update.
 * It may lack `_id`; the caller makes one.
 * @throws 54 when the query names a path twice, 66 when the update changes the query's `_id`.
 */
export function upsertDocument(tree: Predicate, update: Update): Document {
  const base = fromQuery(tree, update.kind === 'replacement');
  const doc = withIdFirst(update.apply(base, { isInsert: true }));
  checkStorable(doc, update.kind === 'pipeline' ? undefined : 'replacement');
  return doc;
}
