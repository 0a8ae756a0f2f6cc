import { type Connection, checkPageSize, type PageArgs } from '../../records/connection.ts';
import { decodeCursor, encodeCursor, fingerprint } from '../../records/cursor.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { CopyRoads } from '../filter/known.ts';
import { unitMonthOf } from '../model/derived.ts';
import type { Models } from '../model/models.ts';
import type { SupportActivityFilter, SupportExportRow } from '../types.generated.ts';
import { hideRows } from './hideRows.ts';
import { readingOf } from './reading.ts';
import { countRows, hasAny, readAhead, readSums, withUnitMonths } from './reads.ts';

export interface ExportArgs extends PageArgs {
  readonly filter?: SupportActivityFilter | null | undefined;
}

type Scope = RequestScope<Models>;

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
