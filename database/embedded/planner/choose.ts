import { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import { RegExpValue, type Value } from '../core/values.ts';
import type { Collection } from '../store/catalog.ts';
import { encodeValues, type Index } from '../store/index-definition.ts';
import type { Store } from '../store/store.ts';
import type { View } from '../store/view.ts';
import { type KeyRange, keyRanges } from './access.ts';
import { type Candidate, candidateOf, candidatesOf } from './candidates.ts';
import { conditionsOf, disjunctionsOf, isNever } from './conditions.ts';
import { everything } from './intervals.ts';
import type { Access, IdLookup, IndexScan, Plan, Query, SortField } from './plan.ts';

/** Candidates are compared by the keys they would examine, counted up to here. */
const COUNTED_KEYS = 400;

/** Chooses how to answer a query: the id, one index, one index per `$or` branch, or the whole collection. */
export function choosePlan(store: Store, collection: Collection, query: Query, view: View): Plan {
  const hinted = query.hint === undefined ? undefined : planByHint(collection, query, query.hint);
  if (hinted) return hinted;
  const byId = idLookup(collection, query);
  if (byId) return { access: byId, sorted: true, rejected: [] };
  const { tree } = query.matcher;
  if (isNever(tree)) return { access: { stage: 'EOF' }, sorted: true, rejected: [] };
  const candidates = candidatesOf(collection, query, tree, view.version);
  const best = bestOf(store, collection, query, candidates);
  if (best && (best.bounded > 0 || best.scan.index.sparse)) return planOf(best, candidates);
  const union = unionPlan(store, collection, query, view);
  if (union) return { access: union, sorted: query.sort === undefined, rejected: [] };
  return best ? planOf(best, candidates) : scanPlan(query);
}

function planOf(best: Candidate, candidates: readonly Candidate[]): Plan {
  const rejected = candidates.filter((one) => one !== best).map((one) => one.scan);
  return { access: best.scan, sorted: best.sorted, rejected };
}

function scanPlan({ sort }: Query): Plan {
  const natural = sort?.length === 1 && sort[0]?.path === '$natural' ? sort[0] : undefined;
  const sorted = sort === undefined || natural !== undefined;
  return { access: { stage: 'COLLSCAN', reverse: natural?.direction === -1 }, sorted, rejected: [] };
}

/** `{ _id: value }` and nothing else goes straight to the record. */
function idLookup(collection: Collection, query: Query): IdLookup | undefined {
  const { tree } = query.matcher;
  if (tree.kind !== 'eq' || tree.path !== '_id' || query.sort?.[0]?.path === '$natural') return undefined;
  const index = collection.indexes[0] as Index;
  if (!index.isId || index.collation !== query.collation || !isPlain(tree.value)) return undefined;
  const { bytes, truncated } = encodeValues(index, [tree.value]);
  if (truncated) return undefined;
  return { stage: 'IDHACK', index, encoded: bytes };
}

function isPlain(value: Value): boolean {
  return value !== null && !Array.isArray(value) && !(value instanceof RegExpValue);
}

function refuseHint(): never {
  return fail(
    2,
    'BadValue',
    'error processing query: planner returned error: hint provided does not correspond to an existing index',
  );
}

/** The index that a hint names, or undefined for `$natural`. Throws 2 when there is none. */
export function hintedIndex(collection: Collection, hint: string | Document): Index | undefined {
  if (hint instanceof Document) {
    if (hint.has('$natural')) return undefined;
    const wanted = hint.toBytes();
    const found = collection.indexes.find((index) => sameKeyPattern(index, hint) && wanted.length > 0);
    return found ?? refuseHint();
  }
  if (hint === '$natural') return undefined;
  return collection.indexes.find((index) => index.name === hint) ?? refuseHint();
}

function sameKeyPattern(index: Index, key: Document): boolean {
  const fields = key.entries();
  return (
    fields.length === index.fields.length &&
    fields.every(([path, value], i) => {
      const field = index.fields[i];
      return field?.path === path && field.direction === (directionOf(value) < 0 ? -1 : 1);
    })
  );
}

function directionOf(value: Value): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  return (value as { value?: number } | null)?.value ?? 1;
}

function planByHint(collection: Collection, query: Query, hint: string | Document): Plan {
  const index = hintedIndex(collection, hint);
  if (!index) {
    const direction = hint instanceof Document ? directionOf(hint.get('$natural') as Value) : 1;
    const natural: readonly SortField[] = [{ path: '$natural', direction: direction < 0 ? -1 : 1 }];
    const scan = scanPlan({ ...query, sort: natural });
    return { ...scan, sorted: query.sort === undefined || query.sort[0]?.path === '$natural' };
  }
  const candidate =
    candidateOf(index, query, conditionsOf(query.matcher.tree, query.env)) ?? wholeIndex(index);
  return { access: candidate.scan, sorted: query.sort === undefined || candidate.sorted, rejected: [] };
}

/** A hinted sparse index is scanned whole, though it may lack documents: that is what a hint asks for. */
function wholeIndex(index: Index): Candidate {
  const bounds = index.fields.map(() => [everything]);
  const scan: IndexScan = {
    stage: 'IXSCAN',
    index,
    bounds,
    ranges: keyRanges(index, bounds),
    reverse: false,
  };
  return { scan, bounded: 0, sorted: false };
}

function bestOf(
  store: Store,
  collection: Collection,
  query: Query,
  candidates: readonly Candidate[],
): Candidate | undefined {
  if (candidates.length <= 1) return candidates[0];
  if (!query.sort) return fewestKeys(store, collection, candidates);
  const costs = new Map(candidates.map((one) => [one, costOf(store, collection, query, one, candidates)]));
  return candidates.toSorted(
    (a, b) => (costs.get(a) as number) - (costs.get(b) as number) || preference(b) - preference(a),
  )[0];
}

/** Without an order asked, keys are all that counts: of each candidate they are counted until it is known to be no better. */
function fewestKeys(
  store: Store,
  { documents }: Collection,
  candidates: readonly Candidate[],
): Candidate | undefined {
  let best: Candidate | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const one of candidates.toSorted((a, b) => preference(b) - preference(a))) {
    const most = Math.min(COUNTED_KEYS, fewest + 1);
    const keys =
      one.bounded === 0 ? documents : estimated(countKeys(store, one.scan.ranges, most), documents);
    if (keys >= fewest) continue;
    best = one;
    fewest = keys;
  }
  return best;
}

function preference({ bounded, sorted, scan }: Candidate): number {
  return bounded * 4 + (sorted ? 2 : 0) - scan.index.fields.length * 0.1;
}

/** Keys to examine where an order is asked; a sort of one's own costs more, an order that serves a limit costs less. */
function costOf(
  store: Store,
  collection: Collection,
  query: Query,
  candidate: Candidate,
  all: readonly Candidate[],
): number {
  const keysOf = (one: Candidate) =>
    estimated(countKeys(store, one.scan.ranges, COUNTED_KEYS), collection.documents);
  const keys = candidate.bounded === 0 ? collection.documents : keysOf(candidate);
  if (!candidate.sorted) return keys * 1.5 + 1;
  if (query.limit === undefined || keys === 0) return keys;
  const matching = Math.min(...all.map((one) => (one.bounded > 0 ? keysOf(one) : Number.POSITIVE_INFINITY)));
  const share =
    Number.isFinite(matching) && collection.documents > 0
      ? Math.min(1, (matching + 1) / collection.documents)
      : 1;
  const rows = candidate.bounded > 0 && matching >= keys ? query.limit : query.limit / share;
  return Math.min(keys, rows);
}

/**
 * Where counting ended early, any number up to that of all documents may be right: the geometric mean of both ends is wrong
 * by the smallest factor. Taken for the true number, 400 made a page in order cost less by a sort of the whole collection.
 */
const estimated = (counted: number, documents: number): number =>
  counted < COUNTED_KEYS ? counted : Math.sqrt(counted * Math.max(counted, documents));

/** Counts the keys of ranges, up to `most`. */
function countKeys(store: Store, ranges: readonly KeyRange[], most: number): number {
  let count = 0;
  for (const { start, end } of ranges) {
    for (const _ of store.files.indexes.getKeys({ start, end, limit: most - count })) count++;
    if (count >= most) break;
  }
  return count;
}

/** One index scan per branch of an `$or`; undefined unless every branch has one. */
function unionPlan(store: Store, collection: Collection, query: Query, view: View): Access | undefined {
  for (const disjunction of disjunctionsOf(query.matcher.tree)) {
    const unsorted = { ...query, sort: undefined };
    const branches = disjunction.children.map((child) => {
      const found = candidatesOf(collection, unsorted, child, view.version).filter((one) => one.bounded > 0);
      return bestOf(store, collection, unsorted, found);
    });
    if (branches.length > 0 && branches.every((branch) => branch !== undefined)) {
      return { stage: 'OR', branches: branches.map((branch) => branch.scan) };
    }
  }
  return undefined;
}
