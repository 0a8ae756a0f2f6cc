import { type Connection, checkPageSize, type PageArgs } from '../../records/connection.ts';
import { decodeCursor, encodeCursor, fingerprint } from '../../records/cursor.ts';
import { isIn } from '../../records/filter.ts';
import type { Filter } from '../../records/keyset.ts';
import { driverOptions } from '../../records/page.ts';
import type { RequestScope } from '../../subgraph.ts';
import { activityFilter } from '../filter/activityFilter.ts';
import type { CopyRoads } from '../filter/known.ts';
import type { Models } from '../model/models.ts';
import { counted } from '../rollup/measures.ts';
import { allOf } from '../rollup/question.ts';
import type { SupportActivityFilter, SupportExportRow } from '../types.generated.ts';
import { after as afterBlock, type Block, blockOrder, from, upTo } from './blocks.ts';
import { type ExportSum, hideRows } from './hideRows.ts';

export interface ExportArgs extends PageArgs {
  readonly filter?: SupportActivityFilter | null | undefined;
}

type Scope = RequestScope<Models>;

/** The whole batch in one answer. */
const ALL_ROWS = 1_000_000;

/**
 * Gives one page of flat rows in the order (month, unit, kind, group), by three commands whatever its size: where the
 * page ends, the rows of its units and months, and whether more follow. A page holds whole units and months, read at the
 * cost of about `first` activities, and is cut after `first` rows.
 */
export async function exportRows(
  args: ExportArgs,
  scope: Scope,
  roads: CopyRoads,
): Promise<Connection<SupportExportRow>> {
  checkPageSize(args.first);
  const match = allOf([await activityFilter(args.filter, roads, scope.today), counted]);
  const groups = args.filter?.group ?? null;
  const print = fingerprint(['supportExport', match, groups]);
  const position = args.after ? (decodeCursor(args.after, print, 4) as string[]) : null;
  const start = position ? { month: position[0] ?? '', unitCode: position[1] ?? '' } : null;
  const end = await endOfPage(scope, match, start, args.first);
  const [sums, more] = await Promise.all([
    readSums(scope, [match, ...(start ? [from(start)] : []), ...(end ? [upTo(end)] : [])], groups),
    end ? hasAny(scope, [match, afterBlock(end)]) : false,
  ]);
  const rows = hideRows(sums, scope.viewer).filter((row) => !position || isAfter(keyOf(row), position));
  return connection(rows, { args, print, more, totalCount: () => countRows(scope, match, groups) });
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

/** The block that holds the `first`-th activity after the start; null when there are fewer. */
async function endOfPage(
  { models, signal }: Scope,
  match: Filter,
  start: Block | null,
  first: number,
): Promise<Block | null> {
  const [last] = await models.activities
    .find(
      allOf([match, start ? afterBlock(start) : {}]) as never,
      { month: 1, unitCode: 1 },
      driverOptions(signal),
    )
    .sort(blockOrder)
    .skip(first - 1)
    .limit(1)
    .lean<Block[]>();
  return last ?? null;
}

const hasAny = async ({ models, signal }: Scope, parts: readonly Filter[]): Promise<boolean> =>
  (await models.activities.findOne(allOf(parts) as never, { _id: 1 }, driverOptions(signal)).lean()) !== null;

const rowStages = (parts: readonly Filter[], groups: readonly string[] | null): Filter[] => [
  { $match: allOf(parts) },
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

const readSums = (
  { models, signal }: Scope,
  parts: readonly Filter[],
  groups: readonly string[] | null,
): Promise<ExportSum[]> =>
  models.activities.collection
    .aggregate<ExportSum>(
      [
        ...rowStages(parts, groups),
        { $sort: { '_id.month': 1, '_id.unitCode': 1, '_id.kind': 1, '_id.group': 1 } },
      ] as Record<string, unknown>[],
      { batchSize: ALL_ROWS, ...driverOptions(signal) },
    )
    .toArray();

async function countRows(
  { models, signal }: Scope,
  match: Filter,
  groups: readonly string[] | null,
): Promise<number> {
  const [row] = await models.activities.collection
    .aggregate<{ n: number }>([...rowStages([match], groups), { $count: 'n' }] as Record<string, unknown>[], {
      ...driverOptions(signal),
    })
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
