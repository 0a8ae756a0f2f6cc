import { perArguments } from '../../records/byKey.ts';
import { type Connection, checkPageSize, connectionOf, type PageArgs } from '../../records/connection.ts';
import type { ReadableCube } from '../../records/cube/cubes.ts';
import { decodeCursor, fingerprint } from '../../records/cursor.ts';
import { once } from '../../records/once.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { Models } from '../model/models.ts';
import type { CompletenessRowRecord, Days } from '../model/report.ts';
import { cellCounting } from './completenessCells.ts';
import { reportCounting } from './completenessOfReports.ts';
import {
  type Counting,
  type Counts,
  keyOf,
  placeOrder,
  type RowsAsked,
  type Top,
  topOf,
} from './counting.ts';

type RowArgs = PageArgs & RowsAsked;

/** Counts reports under units: by the cube where it stands, else by the reports. */
export function completenessReads(scope: RequestScope<Models>, cube: () => Promise<ReadableCube | null>) {
  const counting = once(async (): Promise<Counting> => {
    const open = await cube();
    return open ? cellCounting(scope, open) : reportCounting(scope);
  });
  const whole = perArguments((days: Days) => async (keys) => {
    const found = await (await counting()).whole(keys, days);
    return keys.map((key) => rowOf(found.get(key)?.[0], topOf(key), days));
  });
  const pages = perArguments(({ days, level, ...args }: RowArgs) => async (keys) => {
    checkPageSize(args.first);
    const print = fingerprint(['completeness', level, days]);
    const after = args.after ? decodeCursor(args.after, print, placeOrder.length) : null;
    const { rows, howMany } = await counting();
    const found = await rows(keys, { days, level, after, limit: args.first + 1 });
    const totals = once(() => howMany(keys, { days, level }));
    return keys.map((key) => {
      const page = (found.get(key) ?? []).map((row) => rowOf(row, { ...topOf(key), unitId: row._id }, days));
      const totalCount = async () => (await totals()).get(key) ?? 0;
      return connectionOf(page, { args, sort: placeOrder, print: () => print, totalCount });
    });
  });

  return {
    /** Everything under a unit, its own reports included. */
    whole: (top: Top, days: Days): Promise<CompletenessRowRecord> => whole(days, keyOf(top)),
    /** A row for each child of the unit, or for each unit of the level at or under it. */
    rows: (top: Top, args: RowArgs): Promise<Connection<CompletenessRowRecord>> => pages(args, keyOf(top)),
  };
}

export type CompletenessReads = ReturnType<typeof completenessReads>;

const nothing = { path: '', expected: 0, received: 0, late: 0, missing: 0 };

const rowOf = (
  counts: Counts | undefined,
  { campaignId, unitId }: Top,
  days: Days,
): CompletenessRowRecord => ({
  ...nothing,
  ...counts,
  _id: unitId,
  campaignId,
  days,
});
