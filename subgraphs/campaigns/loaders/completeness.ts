import { perArguments } from '../../records/byKey.ts';
import { type Connection, checkPageSize, connectionOf, type PageArgs } from '../../records/connection.ts';
import { decodeCursor, fingerprint } from '../../records/cursor.ts';
import { afterPosition, type Filter, sortSpec, withId } from '../../records/keyset.ts';
import { perKey } from '../../records/perKey.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { Models } from '../model/models.ts';
import { type CompletenessRowRecord, type Days, underKey } from '../model/report.ts';
import { endsIn } from './periods.ts';

/** What is counted: the reports of a campaign under a unit. Written as the key of a loader. */
export interface Top {
  readonly campaignId: string;
  readonly unitId: string;
}

type RowArgs = PageArgs & { readonly days: Days; readonly level: string | null };
type Counts = Pick<CompletenessRowRecord, '_id' | 'path' | 'expected' | 'received' | 'late' | 'missing'>;

const keyOf = ({ campaignId, unitId }: Top): string => underKey(campaignId, unitId);
const topOf = (key: string): Top => {
  const [campaignId = '', unitId = ''] = key.split('/');
  return { campaignId, unitId };
};

const treeOrder = withId([{ field: 'path', direction: 1 }]);

/** Counts reports under units: one index entry for each unit above a report makes it one range, at any level. */
export function completenessReads({ models, signal, today }: RequestScope<Models>) {
  const count = <Row>(keys: readonly string[], pipeline: readonly Filter[]): Promise<Map<string, Row[]>> =>
    perKey<Row>({
      model: models.reports,
      foreignField: 'underKeys',
      keys: keys.map((key) => ({ key, top: topOf(key).unitId })),
      variables: { top: 'top' },
      pipeline,
      signal,
    });

  const whole = perArguments((days: Days) => async (keys) => {
    const found = await count<Counts>(keys, [{ $match: endsIn(days) }, { $group: countsBy(null, today) }]);
    return keys.map((key) => rowOf(found.get(key)?.[0], topOf(key), days));
  });
  const pages = perArguments(({ days, level, ...args }: RowArgs) => async (keys) => {
    checkPageSize(args.first);
    const groups = groupsUnder(level, today, days);
    const print = fingerprint(['completeness', level, days]);
    const after = args.after
      ? [{ $match: afterPosition(treeOrder, decodeCursor(args.after, print, 2)) }]
      : [];
    const page = [{ $sort: sortSpec(treeOrder) }, ...after, { $limit: args.first + 1 }];
    const found = await count<Counts>(keys, [...groups, ...page]);
    const totals = lazily(() => count<{ n: number }>(keys, [...groups, { $count: 'n' }]));
    return keys.map((key) => {
      const rows = (found.get(key) ?? []).map((row) => rowOf(row, { ...topOf(key), unitId: row._id }, days));
      const totalCount = async () => (await totals()).get(key)?.[0]?.n ?? 0;
      return connectionOf(rows, { args, sort: treeOrder, print, totalCount });
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

const lazily = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
};

/** One row for each unit below the top (`$$top`), by the line of units above each report as it was reported. */
function groupsUnder(level: string | null, today: string, days: Days): Filter[] {
  const top = { $indexOfArray: ['$line', '$$top'] };
  const at = level ? { $indexOfArray: ['$levels', level] } : { $add: [top, 1] };
  const below = level
    ? { levels: level, $expr: { $gte: [at, top] } }
    : { $expr: { $ne: ['$unitId', '$$top'] } };
  return [
    { $match: { ...endsIn(days), ...below } },
    { $group: countsBy({ $arrayElemAt: ['$line', at] }, today) },
  ];
}

const countsBy = (group: unknown, today: string): Filter => ({
  _id: group,
  path: { $min: '$pathAtEvent' },
  expected: { $sum: 1 },
  received: countIf('$handedIn'),
  late: countIf({ $and: ['$handedIn', '$late'] }),
  missing: countIf({ $and: [{ $not: ['$handedIn'] }, { $lt: ['$dueOn', today] }] }),
});

const countIf = (condition: unknown): Filter => ({ $sum: { $cond: [condition, 1, 0] } });

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
