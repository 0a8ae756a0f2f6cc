import type { CubeDefinition } from '../../records/cube/definition.ts';
import type { Sums } from '../../records/cube/sums.ts';
import type { Models } from '../model/models.ts';
import { type CountedActivity, countSupport } from './supportCells.ts';

const fields = {
  campaignCode: 1,
  unitId: 1,
  unitCode: 1,
  pathAtEvent: 1,
  unitPath: 1,
  levelAtEvent: 1,
  provinceAtEvent: 1,
  regionAtEvent: 1,
  contentItemId: 1,
  contentItemCode: 1,
  kind: 1,
  status: 1,
  startsOn: 1,
  month: 1,
  week: 1,
  people: 1,
  groups: 1,
  funding: 1,
  plannedAmount: 1,
  amount: 1,
  deliveries: 1,
  house: 1,
  synthetic: 1,
} as const satisfies Record<Exclude<keyof CountedActivity, '_id'>, 1>;

/**
 * The cube of support activities (DOMAIN §5.8). Cells have the fields of activities, so that one pipeline adds up either:
 * a day cell is like one activity that stands for all of its unit, day, kind, groups and sources.
 */
export const supportCube: CubeDefinition<Models, CountedActivity> = {
  name: 'support',
  shape: 1,
  type: 'SupportActivity',
  rows: (models) => models.activities as never,
  fields,
  path: 'pathAtEvent',
  unitId: 'unitId',
  count: countSupport,
  derive: ({ months, days, syntheticRows }) => ({
    synthetic: syntheticRows !== undefined,
    ...lastOf('Month', months),
    ...lastOf('Day', days),
  }),
  indexes: [
    [{ slot: 1, pathAtEvent: 1, month: 1 }],
    [{ slot: 1, parent: 1, month: 1 }],
    // The top, and what stands right under it.
    [{ slot: 1, depth: 1, month: 1 }, { depth: { $lte: 2 } }],
    [{ slot: 1, startsOn: 1 }, { slot: 'DAY' }],
    [{ slot: 1, campaignCode: 1, startsOn: 1 }, { slot: 'DAY' }],
  ],
};

function lastOf(what: 'Month' | 'Day', counts: Sums[string] | undefined) {
  if (counts === undefined) return {};
  const places = Object.keys(counts as object).sort();
  return { [`first${what}`]: places[0], [`last${what}`]: places.at(-1) };
}
