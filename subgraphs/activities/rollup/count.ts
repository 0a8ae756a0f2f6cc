import { addDays, type DateSpan, spanOfPeriod } from '../../../schema/scalars/period.ts';
import { GraphError } from '../../../server/errors.ts';
import type { SupportMetric } from '../types.generated.ts';
import { type Numbered, readBooks } from './books.ts';
import { readsTree } from './dimensions.ts';
import { keyOfPlace, NONE } from './keys.ts';
import { NumberSet } from './numberSet.ts';
import type { Question } from './question.ts';
import {
  type HouseholdRow,
  type Households,
  MAX_CELLS,
  type RawRow,
  readHouseholds,
  readRows,
  type Source,
} from './read.ts';

export type Sums = Map<SupportMetric, number>;

/** One row: its keys in the order of the dimensions, and its numbers. */
export interface Cell {
  readonly keys: readonly string[];
  readonly sums: Sums;
}

/** Everything counted in one period. */
export interface Counted {
  readonly cells: Map<string, Cell>;
  readonly unallocated: Sums;
  readonly totals: Sums;
  readonly synthetic: boolean;
  /** The first day of the first month found, and the last of the last; null when nothing was. */
  readonly first: string | null;
  readonly last: string | null;
}

export const cellName = (keys: readonly string[]): string => keys.join('\u0000');

/** Gives the cell of the keys, a new one of zeros when there is none yet. */
export function cellOf(cells: Map<string, Cell>, keys: readonly string[]): Cell {
  const name = cellName(keys);
  const cell = cells.get(name) ?? { keys, sums: new Map() };
  cells.set(name, cell);
  return cell;
}

const add = (sums: Sums, metric: SupportMetric, value: number): void => {
  sums.set(metric, (sums.get(metric) ?? 0) + value);
};

/** Throws COST_EXCEEDED for more rows than a rollup may have. */
export function checkCells(count: number): void {
  if (count <= MAX_CELLS) return;
  throw new GraphError(
    'COST_EXCEEDED',
    `The rollup has more than ${MAX_CELLS} rows; ask for fewer dimensions, a shorter period or a smaller subtree.`,
    { params: { rows: count, max: MAX_CELLS } },
  );
}

/**
 * Counts one period, by one command for the sums, and one for distinct households when they are asked. The numbers of commands do not depend on the rows. `spanOfCells` holds the same for cells.
 */
export async function countIn(
  source: Source,
  question: Question,
  span: DateSpan | null,
  spanOfCells: DateSpan | null = span,
): Promise<Counted> {
  const distinct = question.metrics.includes('DISTINCT_HOUSEHOLDS');
  const { books } = source;
  const [found, households] = await Promise.all([
    readRows(source, question, spanOfCells),
    !distinct
      ? null
      : books
        ? readBooks(books, question, span, source.signal)
        : readHouseholds(source, question, span),
  ]);
  const cells = new Map<string, Cell>();
  const unallocated: Sums = new Map();
  const totals: Sums = new Map();
  const whole = found.filter((row) => row.whole);
  const rows = found.filter((row) => !row.whole);
  // Where rows do not overlap they add up to the whole; where they do, a whole without activities has no row.
  const parts = whole.length > 0 ? whole : rows;
  const addRow = (sums: Sums, row: RawRow) => {
    for (const metric of question.metrics) add(sums, metric, row[metric] ?? 0);
  };
  for (const row of rows) addRow(sumsAt(row._id ?? {}, question, cells, unallocated), row);
  for (const row of parts) addRow(totals, row);
  const sumsOf = (id: HouseholdRow['_id']) => sumsAt(id, question, cells, unallocated);
  if (households) add(totals, 'DISTINCT_HOUSEHOLDS', countHouseholds(households, sumsOf));
  checkCells(cells.size);
  return { cells, unallocated, totals, ...extentOf(parts) };
}

type SumsOf = (id: HouseholdRow['_id']) => Sums;

/** Counts each household once in each row, whatever units of the row helped it; gives how many there are over everything. */
function countHouseholds(households: Households | readonly Numbered[], sumsOf: SumsOf): number {
  if ('total' in households) {
    countDistinct(households.rows, sumsOf);
    return households.total;
  }
  const rows = new Map<Sums, (readonly number[])[]>();
  for (const { _id, numbers } of households) {
    const sums = sumsOf(_id);
    rows.set(sums, [...(rows.get(sums) ?? []), numbers]);
  }
  const everybody = new NumberSet();
  const row = new NumberSet();
  for (const [sums, lists] of rows) {
    row.clear();
    // Who stands in the row already stands in the whole already.
    for (const list of lists) for (const number of list) if (row.add(number)) everybody.add(number);
    add(sums, 'DISTINCT_HOUSEHOLDS', row.size);
  }
  return everybody.size;
}

function countDistinct(listed: readonly HouseholdRow[], sumsOf: SumsOf): void {
  const seen = new Map<Sums, Set<string>>();
  for (const { _id, n } of listed) {
    const sums = sumsOf(_id);
    const household = _id.household;
    if (household != null) {
      const known = seen.get(sums) ?? new Set<string>();
      seen.set(sums, known);
      if (known.has(household)) continue;
      known.add(household);
    }
    add(sums, 'DISTINCT_HOUSEHOLDS', n);
  }
}

/** Gives where a group counts: its row, or `unallocated` when the tree of the day cannot say which. */
function sumsAt(
  id: Readonly<Record<string, string | null>>,
  question: Question,
  cells: Map<string, Cell>,
  unallocated: Sums,
): Sums {
  const { tree, dimensions, top, cover } = question;
  const placed = tree && cover?.subtrees.get(id.at ?? '');
  let place = 0;
  const keys = dimensions.map((dimension, index) => {
    if (!tree || !readsTree(dimension)) return id[`k${index}`] ?? NONE;
    if (placed) return placed[place++] ?? null;
    return keyOfPlace(dimension, tree.placeOf(id.unit ?? ''), top.paths[0]);
  });
  return keys.every((key) => key !== null) ? cellOf(cells, keys).sums : unallocated;
}

function extentOf(rows: readonly RawRow[]): Pick<Counted, 'synthetic' | 'first' | 'last'> {
  const firsts = rows.flatMap(({ first }) => first ?? []).sort();
  const lasts = rows.flatMap(({ last }) => last ?? []).sort();
  const first = spanOfPeriod(firsts[0] ?? '');
  const last = spanOfPeriod(lasts.at(-1) ?? '');
  return {
    synthetic: rows.some(({ synthetic }) => synthetic),
    first: first?.from ?? null,
    last: last ? addDays(last.before, -1) : null,
  };
}
