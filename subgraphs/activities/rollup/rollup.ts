import { addDays, type DateSpan } from '../../../schema/scalars/period.ts';
import { monthOf, periodsIn, weekOf } from '../../records/calendar.ts';
import type { DatedCube, ReadableCube } from '../../records/cube/cubes.ts';
import { fingerprint } from '../../records/cursor.ts';
import { type NamedPeriod, periodOf } from '../../records/periodInput.ts';
import { spanOf } from '../filter/parts.ts';
import type { Copies } from '../loaders/copies.ts';
import type { RollupKeyRecord, SupportRollupRecord } from '../model/rollup.ts';
import type { RollupDimension, SupportMetric, SupportRollupInput } from '../types.generated.ts';
import { booksKnow } from './books.ts';
import { type Cell, type Counted, cellName, countIn } from './count.ts';
import { addZeros } from './dense.ts';
import { fromOf } from './from.ts';
import { catalogueOf, type Entries, labelOf, periodOfKey, rankOf } from './labels.ts';
import { type Order, pageOf } from './order.ts';
import { type Asker, dayOfUnits, type Question, questionOf } from './question.ts';
import { type From, type Source, unwoundOf } from './read.ts';
import { metricValue, type Visible, visibleOf } from './values.ts';
import { widened } from './widen.ts';

export interface RollupScope extends Asker, Pick<Source, 'models' | 'signal'> {
  readonly copies: Copies;
  readonly entries: () => Promise<Entries>;
  readonly cube: () => Promise<DatedCube | null>;
  readonly books: () => Promise<ReadableCube | null>;
  readonly now: Date;
}

/** A row before it is paged: its keys, its numbers in the order of the measures, those compared with. */
interface Row {
  readonly keys: readonly string[];
  readonly values: readonly (number | null)[];
  readonly previous: readonly (number | null)[];
}

/**
 * Answers a rollup from the cells of the cube, or, where they do not know enough, from the activities through their
 * indexes; both give the same sums. Throws INPUT_INVALID, COST_EXCEEDED, CURSOR_….
 */
export async function rollup(input: SupportRollupInput, scope: RollupScope): Promise<SupportRollupRecord> {
  const [question, cube] = await Promise.all([questionOf(input, scope), scope.cube()]);
  const { metrics, dimensions } = question;
  const from = fromOf(question, cube, scope.models);
  const source = { ...scope, from, books: asksBooks(question) ? await scope.books() : null };
  const countOf = countingBy(source, cube, question);
  const [current, compared, entries] = await Promise.all([
    countOf(question.span),
    question.compareWith ? countOf(question.compareWith) : null,
    dimensions.some(catalogueOf) ? scope.entries() : (): [] => [],
  ]);
  const period = periodOfAnswer(question, current);
  const day = dayOfUnits(question, period, current.last);
  if (compared) moveIntoPeriod(compared, question, period);
  const cells = new Map(current.cells);
  for (const { keys } of compared?.cells.values() ?? []) addKeys(cells, keys);
  if (question.includeZero)
    await addZeros(cells, { question, span: period, day, copies: scope.copies, entries });
  const now = visibleOf(current, [...cells.values()], metrics, question.inside);
  const then = compared && visibleThen(compared, cells, question);
  const rows = [...cells.values()].map(({ keys }, index) => ({
    keys,
    values: metrics.map((metric) => now.cell(index, metric)),
    previous: metrics.map((metric) => then?.cell(index, metric) ?? null),
  }));
  const page = pageOfRows(input, rows, ordersOf(input, question, entries));
  const whole = (read: (visible: Visible, metric: SupportMetric) => number | null) =>
    metrics.map((metric) => metricValue(metric, read(now, metric), then ? read(then, metric) : null));
  const { group, funding } = unwoundOf(question);
  return {
    rows: page.rows.map((row) => ({
      keys: row.keys.map((code, index) => keyOf(dimensions[index], code, { question, day, entries })),
      values: metrics.map((metric, index) =>
        metricValue(metric, row.values[index] ?? null, row.previous[index] ?? null),
      ),
    })),
    totals: whole((visible, metric) => visible.total(metric)),
    unallocated: whole((visible, metric) => visible.unallocated(metric)),
    rowsMayOverlap: group || funding,
    period,
    ...freshness(from, cube, scope.now),
    synthetic: current.synthetic,
    pageInfo: page.pageInfo,
  };
}

const asksBooks = (question: Question): boolean =>
  question.metrics.includes('DISTINCT_HOUSEHOLDS') && booksKnow(question);

/** Gives what counts a period: by cells of whole months where nothing lies in the days that these have more. */
const countingBy =
  (source: Source, cube: ReadableCube | null, question: Question) =>
  async (span: DateSpan | null): Promise<Counted> => {
    const inCells = cube !== null && source.from.counting === 'CELLS';
    return countIn(
      source,
      question,
      span,
      inCells ? await widened(cube, question, span, source.signal) : span,
    );
  };

function pageOfRows(input: SupportRollupInput, rows: readonly Row[], orders: readonly Order<Row>[]) {
  const { first = 200, after, ...bound } = input;
  return pageOf(rows, orders, { first, after, print: fingerprint(bound) });
}

/** The activities are read as they are; the cube may lag behind them. */
const freshness = ({ counting }: From, cube: DatedCube | null, now: Date) =>
  cube && counting === 'CELLS'
    ? { version: cube.version, computedAt: cube.trueAt, lagSeconds: cube.lagSeconds }
    : { version: null, computedAt: now, lagSeconds: 0 };

const addKeys = (cells: Map<string, Cell>, keys: readonly string[]): void => {
  if (!cells.has(cellName(keys))) cells.set(cellName(keys), { keys, sums: new Map() });
};

const visibleThen = (compared: Counted, cells: ReadonlyMap<string, Cell>, question: Question): Visible =>
  visibleOf(
    compared,
    [...cells.values()].map(({ keys }) => compared.cells.get(cellName(keys)) ?? { keys, sums: new Map() }),
    question.metrics,
    question.inside,
  );

/** The period asked, else the campaign's, else that of what was found. */
function periodOfAnswer({ span, campaign, today }: Question, { first, last }: Counted): NamedPeriod {
  if (span) return span;
  if (campaign) return spanOf({ relative: 'WHOLE_CAMPAIGN' }, campaign, today);
  return periodOf({ from: first ?? today, before: addDays(last ?? today, 1) }, { today });
}

/** The third month of the period compared with stands beside the third month of the period asked. */
function moveIntoPeriod(compared: Counted, { dimensions, compareWith }: Question, period: DateSpan): void {
  if (!compareWith) return;
  const moves = dimensions.map((dimension) => {
    const codeOf = dimension === 'MONTH' ? monthOf : dimension === 'WEEK' ? weekOf : null;
    if (!codeOf) return (code: string) => code;
    const there = periodsIn(codeOf, compareWith);
    const here = periodsIn(codeOf, period);
    return (code: string) => here[there.indexOf(code)] ?? null;
  });
  const cells = [...compared.cells.values()];
  compared.cells.clear();
  for (const { keys, sums } of cells) {
    const moved = keys.map((code, index) => moves[index]?.(code) ?? null);
    if (!moved.every((code) => code !== null)) continue;
    compared.cells.set(cellName(moved), { keys: moved, sums });
  }
}

/** The order asked, then that of the dimensions, then the codes, so that no two rows are equal. */
function ordersOf(input: SupportRollupInput, question: Question, entries: Entries): Order<Row>[] {
  const { dimensions, metrics } = question;
  const byDimension = (dimension: RollupDimension, direction: 1 | -1): Order<Row> => {
    const rank = rankOf(dimension, question, entries);
    const index = dimensions.indexOf(dimension);
    return { value: ({ keys }) => rank(keys[index] ?? ''), direction };
  };
  const asked = (input.sort ?? []).map(({ dimension, metric, direction }): Order<Row> => {
    const sign = direction === 'DESC' ? -1 : 1;
    if (dimension) return byDimension(dimension, sign);
    const index = metric ? metrics.indexOf(metric) : -1;
    return { value: ({ values }) => values[index] ?? null, direction: sign };
  });
  return [...asked, ...dimensions.map((dimension) => byDimension(dimension, 1))];
}

function keyOf(
  dimension: RollupDimension | undefined,
  code: string,
  { question, day, entries }: { question: Question; day: string; entries: Entries },
): RollupKeyRecord {
  if (!dimension) throw new Error('A row has more keys than dimensions.');
  return {
    dimension,
    code,
    label: labelOf(dimension, code, entries),
    period: periodOfKey(dimension, code, question),
    day,
  };
}
