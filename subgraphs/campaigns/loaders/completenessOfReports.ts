import type { SortValue } from '../../records/cursor.ts';
import { afterPosition, type Filter, sortSpec } from '../../records/keyset.ts';
import { perKey } from '../../records/perKey.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { Models } from '../model/models.ts';
import type { Days } from '../model/report.ts';
import { type Counting, type Counts, placeOrder, topOf } from './counting.ts';
import { endsIn } from './periods.ts';

/** Counts the reports themselves: one index entry for each unit above a report makes those under a unit one range. */
export function reportCounting({ models, signal, today }: RequestScope<Models>): Counting {
  const count = <Row>(keys: readonly string[], pipeline: readonly Filter[]): Promise<Map<string, Row[]>> =>
    perKey<Row>({
      model: models.reports,
      foreignField: 'underKeys',
      keys: keys.map((key) => ({ key, top: topOf(key).unitId })),
      variables: { top: 'top' },
      pipeline,
      signal,
    });
  return {
    whole: (keys, days) => count<Counts>(keys, [{ $match: endsIn(days) }, { $group: countsBy(null, today) }]),
    rows: (keys, { days, level, after, limit }) =>
      count<Counts>(keys, [
        ...groupsUnder(level, today, days),
        { $sort: sortSpec(placeOrder) },
        ...afterPlace(after),
        { $limit: limit },
      ]),
    howMany: async (keys, { days, level }) => {
      const found = await count<{ n: number }>(keys, [...groupsUnder(level, today, days), { $count: 'n' }]);
      return new Map([...found].map(([key, [row]]) => [key, row?.n ?? 0]));
    },
  };
}

const afterPlace = (after: readonly SortValue[] | null): Filter[] =>
  after ? [{ $match: afterPosition(placeOrder, after) }] : [];

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
