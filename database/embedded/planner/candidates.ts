import type { Predicate } from '../core/match/tree.ts';
import type { Collection } from '../store/catalog.ts';
import type { Index, IndexField } from '../store/index-definition.ts';
import { keyRanges } from './access.ts';
import { type Condition, conditionsOf } from './conditions.ts';
import type { FieldBounds } from './field-bounds.ts';
import { implies } from './implication.ts';
import { everything, type Interval, intersect, isEverything, isPoint, union } from './intervals.ts';
import { isMultikey, narrowTogether } from './multikey.ts';
import type { IndexScan, Query, SortField } from './plan.ts';

/** A way to use one index. */
export interface Candidate {
  readonly scan: IndexScan;
  /** How many leading fields have bounds. */
  readonly bounded: number;
  /** The scan gives the order asked for. */
  readonly sorted: boolean;
}

/**
 * All ways to answer a query by one index; those that neither narrow nor sort are left out.
 * `version` is the commit that the reader sees.
 */
export function candidatesOf(
  collection: Collection,
  query: Query,
  tree: Predicate,
  version: number,
): Candidate[] {
  const conditions = conditionsOf(tree, query.env);
  return collection.indexes
    .filter((index) => index.ready && index.readySince <= version && !index.hidden && isUsable(index, tree))
    .map((index) => candidateOf(index, query, conditions))
    .filter((candidate) => candidate !== undefined)
    .filter((candidate) => candidate.bounded > 0 || candidate.sorted || candidate.scan.index.sparse);
}

function isUsable(index: Index, tree: Predicate): boolean {
  return !index.partial || implies(tree, index.partial.matcher.tree);
}

/** The use of one index; undefined when it does not hold all documents sought. */
export function candidateOf(
  index: Index,
  query: Query,
  conditions: readonly Condition[],
): Candidate | undefined {
  const bounds: (readonly Interval[])[] = [];
  let bounded = 0;
  let open = false;
  let complete = !index.sparse;
  const taken: Condition[] = [];
  for (const field of index.fields) {
    const found = fieldBounds(index, field, query, conditions, taken);
    if (found?.present) complete = true;
    if (!open && found && !isEverything(found.intervals)) bounded++;
    bounds.push(found?.intervals ?? [everything]);
    if (!found?.intervals.every(isPoint)) open = true;
  }
  if (!complete) return undefined;
  const order = orderOf(index, bounds, query);
  const reverse = order === -1;
  const scan: IndexScan = { stage: 'IXSCAN', index, bounds, ranges: keyRanges(index, bounds), reverse };
  return { scan, bounded, sorted: order !== undefined };
}

interface Found {
  readonly intervals: readonly Interval[];
  /** Documents without the field cannot match. */
  readonly present: boolean;
}

function usable(index: Index, query: Query, bounds: FieldBounds): boolean {
  if (bounds.mayBeMissing && index.sparse) return false;
  return !bounds.hasText || index.collation === query.collation;
}

interface Part {
  readonly condition: Condition;
  readonly bounds: FieldBounds;
}

/** The bounds of one field: of conditions that may narrow the index together with each other and with those taken. */
function fieldBounds(
  index: Index,
  field: IndexField,
  query: Query,
  conditions: readonly Condition[],
  taken: Condition[],
): Found | undefined {
  const multikey = isMultikey(index, field.path);
  const parts: Part[] = [];
  for (const condition of conditions) {
    if (condition.path !== field.path || (condition.wholeArrays && multikey)) continue;
    const bounds = condition.bounds(query.collation);
    if (bounds && usable(index, query, bounds)) parts.push({ condition, bounds });
  }
  const chosen = multikey ? compatible(index, parts, taken) : parts;
  if (chosen.length === 0) return undefined;
  const intervals = chosen.reduce<readonly Interval[]>(
    (all, { bounds }) => intersect(all, union(bounds.intervals, index.collation), index.collation),
    [everything],
  );
  return { intervals, present: chosen.some(({ bounds }) => !bounds.mayBeMissing) };
}

/** The narrowest first, then what may join it. */
function compatible(index: Index, parts: readonly Part[], taken: Condition[]): Part[] {
  const chosen: Part[] = [];
  for (const part of parts.toSorted((a, b) => narrowness(a.bounds) - narrowness(b.bounds))) {
    if (!taken.every((other) => narrowTogether(index, other, part.condition))) continue;
    taken.push(part.condition);
    chosen.push(part);
  }
  return chosen;
}

function narrowness({ intervals }: FieldBounds): number {
  if (intervals.every(isPoint)) return 0;
  return isEverything(intervals) ? 2 : 1;
}

/** The direction in which an index gives the wanted order; undefined when it does not. */
function orderOf(index: Index, bounds: readonly (readonly Interval[])[], query: Query): 1 | -1 | undefined {
  const { sort } = query;
  if (!sort || sort.length === 0 || index.longKeys) return undefined;
  if (index.collation !== query.collation) return undefined;
  let direction: 1 | -1 | undefined;
  let ofOneItem = false;
  let at = 0;
  for (let i = 0; i < index.fields.length && at < sort.length; i++) {
    const field = index.fields[i] as IndexField;
    const intervals = bounds[i] as readonly Interval[];
    const wanted = sort[at] as SortField;
    const point = intervals.length === 1 && isPoint(intervals[0] as Interval);
    if (field.path !== wanted.path) {
      // Also of an array: entries of one item's value stand in the order of the next field, each record once.
      if (!point) return undefined;
      ofOneItem ||= isMultikey(index, field.path);
      continue;
    }
    const fixed = point && !isMultikey(index, field.path);
    // What is sorted by is the least of all items, not of the one that was pinned.
    if (isMultikey(index, field.path) && (ofOneItem || !isEverything(intervals))) return undefined;
    at++;
    if (fixed) continue;
    const this_ = field.direction === wanted.direction ? 1 : -1;
    if (direction !== undefined && direction !== this_) return undefined;
    direction = this_;
  }
  return at === sort.length || restIsFixed(index, bounds, sort.slice(at)) ? (direction ?? 1) : undefined;
}

/** Sorting by a field that can have one value only asks for nothing. */
function restIsFixed(
  index: Index,
  bounds: readonly (readonly Interval[])[],
  rest: readonly SortField[],
): boolean {
  return rest.every(({ path }) => {
    const i = index.paths.indexOf(path);
    const [only, ...more] = bounds[i] ?? [];
    return only !== undefined && more.length === 0 && isPoint(only) && !isMultikey(index, path);
  });
}
