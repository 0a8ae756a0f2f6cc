import type { ReadableCube } from '../../records/cube/cubes.ts';
import type { SortValue } from '../../records/cursor.ts';
import { afterPosition, type Filter, type SortField, sortSpec } from '../../records/keyset.ts';
import { perKey } from '../../records/perKey.ts';
import type { RequestScope } from '../../subgraph.ts';
import { dueKey, listOf, type ReportCell } from '../cube/reports.ts';
import type { Models } from '../model/models.ts';
import type { Days } from '../model/report.ts';
import { type Counting, type Counts, type RowsAsked, topOf } from './counting.ts';
import { endsIn } from './periods.ts';

type Cell = Pick<ReportCell, 'unitId' | 'due' | 'derived'>;

/** Reads the counts from the cube: a cell for each row, whatever the period. */
export function cellCounting(
  { signal, today }: Pick<RequestScope<Models>, 'signal' | 'today'>,
  { cells }: ReadableCube,
): Counting {
  const read = async <Row>(
    keys: readonly string[],
    listed: (key: string) => string,
    pipeline: readonly Filter[],
  ): Promise<Map<string, Row[]>> => {
    const lists = keys.map((key) => [key, listed(key)] as const);
    const found = await perKey<Row>({
      model: cells,
      foreignField: 'list',
      keys: lists.map(([, list]) => ({ key: list })),
      pipeline,
      signal,
    });
    return new Map(lists.map(([key, list]) => [key, found.get(list) ?? []]));
  };
  const counted = async (days: Days, found: Promise<Map<string, Cell[]>>): Promise<Map<string, Counts[]>> =>
    new Map([...(await found)].map(([key, some]) => [key, some.map((cell) => countsOf(cell, days, today))]));

  return {
    whole: (keys, days) =>
      counted(days, read<Cell>(keys, wholeOf, [{ $match: reportsIn(days) }, { $project: cellFields }])),
    rows: (keys, { days, level, after, limit }) =>
      counted(
        days,
        read<Cell>(keys, rowsOf(level), [
          { $match: reportsIn(days) },
          ...afterCell(after),
          { $sort: sortSpec(cellOrder) },
          { $limit: limit },
          { $project: cellFields },
        ]),
      ),
    howMany: async (keys, { days, level }) => {
      const counts = [{ $match: reportsIn(days) }, { $count: 'n' }];
      const found = await read<{ n: number }>(keys, rowsOf(level), counts);
      return new Map([...found].map(([key, [row]]) => [key, row?.n ?? 0]));
    },
  };
}

const cellFields = { unitId: 1, due: 1, 'derived.path': 1 };

/** As rows are ordered, by the names that a cell has for it. */
const cellOrder: readonly SortField[] = [
  { field: 'derived.path', direction: 1 },
  { field: 'unitId', direction: 1 },
];

function wholeOf(key: string): string {
  const { campaignId, unitId } = topOf(key);
  return listOf.whole(campaignId, unitId);
}

const rowsOf =
  (level: RowsAsked['level']) =>
  (key: string): string => {
    const { campaignId, unitId } = topOf(key);
    return level ? listOf.level(level, campaignId, unitId) : listOf.children(campaignId, unitId);
  };

const afterCell = (after: readonly SortValue[] | null): Filter[] =>
  after ? [{ $match: afterPosition(cellOrder, after) }] : [];

/** Rows have only units of which a report is expected in the days. */
const reportsIn = (days: Days): Filter => ({ 'derived.ends': { $elemMatch: endsIn(days).periodEnd } });

/** Adds up the periods that end in the days. A report is missing from the day after it was due. */
function countsOf({ unitId, due, derived }: Cell, { from, before }: Days, today: string): Counts {
  const counts = { expected: 0, received: 0, late: 0, missing: 0 };
  for (const [key, { expected = 0, received = 0, late = 0 }] of Object.entries(due)) {
    const { periodEnd, dueOn } = dueKey.parts(key);
    if (periodEnd < from || periodEnd >= before) continue;
    counts.expected += expected;
    counts.received += received;
    counts.late += late;
    if (dueOn < today) counts.missing += expected - received;
  }
  return { _id: unitId, path: derived.path, ...counts };
}
