import { allOf, isIn } from '../../records/filter.ts';
import type { Filter } from '../../records/keyset.ts';
import { ALL_ROWS, driverOptions } from '../../records/read.ts';
import type { RequestScope } from '../../subgraph.ts';
import { type ActivityRow, exportOrder } from '../model/activity.ts';
import type { Models } from '../model/models.ts';
import type { ExportSum } from './hideRows.ts';
import type { Reading } from './reading.ts';

type Scope = RequestScope<Models>;

/** The reading narrowed to some units and months. */
export const withUnitMonths = ({ match, index }: Reading, range: Filter): Reading => ({
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
export async function readAhead(
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

/** Whether a reading finds anything. */
export const hasAny = async (scope: Scope, reading: Reading): Promise<boolean> =>
  (await scope.models.activities
    .findOne(reading.match as never, { _id: 1 }, readOptions(scope, reading))
    .lean()) !== null;

/** The lines of groups, one by one; those of other groups than asked for are left out. */
const lineStages = (groups: readonly string[] | null): Filter[] => [
  { $unwind: '$groups' },
  ...(groups ? [{ $match: isIn('groups.code')(groups) }] : []),
];

const rowStages = ({ match }: Reading, groups: readonly string[] | null): Filter[] => [
  { $match: match },
  ...lineStages(groups),
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

/** Adds up the rows of a reading, in their order. */
export const readSums = (
  scope: Scope,
  reading: Reading,
  groups: readonly string[] | null,
): Promise<ExportSum[]> =>
  scope.models.activities.collection
    .aggregate<ExportSum>(
      [
        ...rowStages(reading, groups),
        { $sort: { '_id.month': 1, '_id.unitCode': 1, '_id.kind': 1, '_id.group': 1 } },
      ] as Record<string, unknown>[],
      { batchSize: ALL_ROWS, ...readOptions(scope, reading) },
    )
    .toArray();

/** Counts the rows of a reading; every activity is read for it. */
export async function countRows(
  scope: Scope,
  { match }: Reading,
  groups: readonly string[] | null,
): Promise<number> {
  const [row] = await scope.models.activities.collection
    .aggregate<{ n: number }>(
      [
        { $match: match },
        { $project: { _id: 0, unitMonth: 1, kind: 1, 'groups.code': 1 } },
        ...lineStages(groups),
        { $group: { _id: { unitMonth: '$unitMonth', kind: '$kind', group: '$groups.code' } } },
        { $count: 'n' },
      ] as Record<string, unknown>[],
      driverOptions(scope.signal),
    )
    .toArray();
  return row?.n ?? 0;
}
