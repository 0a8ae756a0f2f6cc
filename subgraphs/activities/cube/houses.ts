import type { Model } from 'mongoose';
import { addDays } from '../../../schema/scalars/period.ts';
import type { CubeDefinition } from '../../records/cube/definition.ts';
import type { Sums } from '../../records/cube/sums.ts';
import { pathsTo } from '../../records/subtree.ts';
import type { HouseRow } from '../model/house.ts';
import type { Models } from '../model/models.ts';

type CountedHouse = Pick<
  HouseRow,
  '_id' | 'campaignCode' | 'pathAtEvent' | 'status' | 'cost' | 'dueOn' | 'completedOn' | 'cancelledOn'
>;

/**
 * When a house begins to be overdue (+1), and when it ends to be (−1): the sum of the steps up to a day is how many are
 * overdue on it, by the rule of rules/overdue.ts.
 */
export function overdueSteps({
  dueOn,
  completedOn,
  cancelledOn,
}: Pick<HouseRow, 'dueOn' | 'completedOn' | 'cancelledOn'>): Sums {
  if (dueOn === null) return {};
  const begin = addDays(dueOn, 1);
  const [end] = [completedOn, cancelledOn].filter((day) => day !== null).sort();
  if (end === undefined) return { [begin]: 1 };
  return end > begin ? { [begin]: 1, [end]: -1 } : {};
}

/** The stages of the houses of each campaign, under every unit as it was when they were begun. */
export const houseCube: CubeDefinition<Models, CountedHouse> = {
  name: 'houses',
  shape: 1,
  type: 'HouseProject',
  rows: (models) => models.houses as unknown as Model<CountedHouse>,
  fields: {
    campaignCode: 1,
    pathAtEvent: 1,
    status: 1,
    cost: 1,
    dueOn: 1,
    completedOn: 1,
    cancelledOn: 1,
  },
  path: 'pathAtEvent',
  count: (row, add) => {
    const { campaignCode, pathAtEvent, status, cost } = row;
    for (const path of pathsTo(pathAtEvent)) {
      const keys = { campaignCode, underPath: path, depth: pathsTo(path).length, status };
      add(Object.values(keys).join('|'), path, () => keys, { cost, overdue: overdueSteps(row) });
    }
  },
  indexes: [[{ campaignCode: 1, underPath: 1 }], [{ campaignCode: 1, depth: 1 }]],
};
