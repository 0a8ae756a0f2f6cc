import { type Connection, checkPageSize, type PageArgs } from '../../records/connection.ts';
import { decodeCursor, encodeCursor, fingerprint } from '../../records/cursor.ts';
import { isIn } from '../../records/filter.ts';
import type { Filter } from '../../records/keyset.ts';
import { driverOptions } from '../../records/page.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { CopyRoads } from '../filter/known.ts';
import { type ActivityRow, exportOrder } from '../model/activity.ts';
import { unitMonthOf } from '../model/derived.ts';
import type { Models } from '../model/models.ts';
import { allOf } from '../rollup/question.ts';
import type { SupportActivityFilter, SupportExportRow } from '../types.generated.ts';
import { type ExportSum, hideRows } from './hideRows.ts';
import { type Reading, readingOf } from './reading.ts';

export interface ExportArgs extends PageArgs {
  readonly filter?: SupportActivityFilter | null | undefined;
}

type Scope = RequestScope<Models>;

/** The whole batch in one answer. */
const ALL_ROWS = 1_000_000;

/**
 * Gives one page of flat rows in the order (month, unit, kind, group), by three commands whatever its size: where the
 * page ends, the rows of its units and months, and whether more follow. A page holds whole units and months, which are
 * hidden as a whole, read at the cost of about `first` activities, and is cut after `first` rows.
 */
export async function exportRows(
  args: ExportArgs,
  scope: Scope,
  roads: CopyRoads,
): Promise<Connection<SupportExportRow>> {
  checkPageSize(args.first);
  const reading = await readingOf(args.filter, roads, scope.today);
  const groups = args.filter?.group ?? null;
  const print = fingerprint(['supportExport', reading.match, groups]);
  const position = args.after ? (decodeCursor(args.after, print, 4) as string[]) : null;
  const start = position ? unitMonthOf(position[0] ?? '', position[1] ?? '') : null;
  const ahead = await readAhead(scope, reading, start, args.first);
  const end = ahead.at(-1) ?? start;
  const [sums, more] = await Promise.all([
    end === null ? [] : readSums(scope, withUnitMonths(reading, { $gte: start ?? '', $lte: end }), groups),
    ahead.length === args.first && hasAny(scope, withUnitMonths(reading, { $gt: end })),
  ]);
  const rows = hideRows(sums, scope.viewer).filter((row) => !position || isAfter(keyOf(row), position));
  return connection(rows, { args, print, more, totalCount: () => countRows(scope, reading, groups) });
}

const keyOf = ({ month, unitCode, kind, group }: SupportExportRow): string[] => [
  month,
  unitCode,
  kind,
  group,
];

function isAfter(key: readonly string[], position: readonly string[]): boolean {
  const index = key.findIndex((part, place) => part !== position[place]);
  return index !== -1 && (key[index] ?? '') > (position[index] ?? '');
}

const withUnitMonths = ({ match, index }: Reading, range: Filter): Reading => ({
  match: allOf([match, { unitMonth: range }]),
  index,
});

const readOptions = ({ signal }: Scope, { index }: Reading) => ({
  ...driverOptions(signal),
  ...(index ? { hint: index } : {}),
});

/**
 * The units and months of the next `first` activities after those of the start. They end where the last one lies, so that
 * the rows are read up to there and not to the end of all.
 */
async function readAhead(
  scope: Scope,
  whole: Reading,
  start: string | null,
  first: number,
): Promise<string[]> {
  const reading = start === null ? whole : withUnitMonths(whole, { $gt: start });
  const next = await scope.models.activities
    .find(reading.match as never, { unitMonth: 1 }, readOptions(scope, reading))
    .sort(exportOrder)
    .limit(first)
    .batchSize(first + 1)
    .lean<Pick<ActivityRow, 'unitMonth'>[]>();
  return next.map(({ unitMonth }) => unitMonth);
}

const hasAny = async (scope: Scope, reading: Reading): Promise<boolean> =>
  (await scope.models.activities
    .findOne(reading.match as never, { _id: 1 }, readOptions(scope, reading))
    .lean()) !== null;

const rowStages = ({ match }: Reading, groups: readonly string[] | null): Filter[] => [
  { $match: match },
  { $unwind: '$groups' },
  ...(groups ? [{ $match: isIn('groups.code')(groups) }] : []),
  {
    $group: {
      _id: { month: '$month', unitCode: '$unitCode', kind: '$kind', group: '$groups.code' },
      provinceCode: { $max: '$provinceAtEvent' },
      scopePath: { $max: '$scopePath' },
      targeted: { $sum: '$groups.targeted' },
      reached: { $sum: '$groups.reached' },
      amount: { $sum: '$amount' },
      synthetic: { $max: '$synthetic' },
    },
  },
];

const readSums = (scope: Scope, reading: Reading, groups: readonly string[] | null): Promise<ExportSum[]> =>
  scope.models.activities.collection
    .aggregate<ExportSum>(
      [
        ...rowStages(reading, groups),
        { $sort: { '_id.month': 1, '_id.unitCode': 1, '_id.kind': 1, '_id.group': 1 } },
      ] as Record<string, unknown>[],
      { batchSize: ALL_ROWS, ...readOptions(scope, reading) },
    )
    .toArray();

async function countRows(scope: Scope, reading: Reading, groups: readonly string[] | null): Promise<number> {
  const [row] = await scope.models.activities.collection
    .aggregate<{ n: number }>(
      [...rowStages(reading, groups), { $count: 'n' }] as Record<string, unknown>[],
      driverOptions(scope.signal),
    )
    .toArray();
  return row?.n ?? 0;
}

function connection(
  rows: readonly SupportExportRow[],
  {
    args,
    print,
    more,
    totalCount,
  }: {
    readonly args: ExportArgs;
    readonly print: string;
    readonly more: boolean;
    readonly totalCount: () => Promise<number>;
  },
): Connection<SupportExportRow> {
  const nodes = rows.slice(0, args.first);
  const edges = nodes.map((node) => ({ cursor: encodeCursor(keyOf(node), print), node }));
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: more || rows.length > nodes.length,
      hasPreviousPage: args.after != null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount,
  };
}
