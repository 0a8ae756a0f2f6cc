import type { ClientSession, Model } from 'mongoose';
import type { AddTo, CubeDefinition } from '../../records/cube/definition.ts';
import type { ActivityRow } from '../model/activity.ts';
import type { DeliveryRow } from '../model/delivery.ts';
import type { Models } from '../model/models.ts';
import { type Book, headName, type Lists, packBook, unpackBook } from './book.ts';
import { numbersOf } from './householdNumbers.ts';

/** One hand-over, to a household that is known by its number. */
interface Listed extends Pick<DeliveryRow, 'group'> {
  readonly number: number;
}

/** What of an activity's list different households are counted by. */
export type CountedList = Pick<
  ActivityRow,
  | '_id'
  | 'campaignCode'
  | 'unitId'
  | 'pathAtEvent'
  | 'levelAtEvent'
  | 'provinceAtEvent'
  | 'regionAtEvent'
  | 'contentItemCode'
  | 'kind'
  | 'status'
  | 'startsOn'
> & { readonly listed?: readonly Listed[] };

const fields = {
  campaignCode: 1,
  unitId: 1,
  pathAtEvent: 1,
  levelAtEvent: 1,
  provinceAtEvent: 1,
  regionAtEvent: 1,
  contentItemCode: 1,
  kind: 1,
  status: 1,
  startsOn: 1,
} as const satisfies Record<Exclude<keyof CountedList, '_id' | 'listed'>, 1>;

/** The book of one unit in one campaign, as it is stored. */
export interface HouseholdBook extends Book {
  readonly unitId: string;
  readonly pathAtEvent: string;
  readonly levelAtEvent: string;
  readonly provinceAtEvent: string | null;
  readonly regionAtEvent: string | null;
}

/**
 * The books of households helped, one for each unit and campaign. Different households cannot be added up: a family that
 * two units helped is one. So a reader takes the numbers of all lists that a row is about, and counts each once.
 */
export const householdCube: CubeDefinition<Models, CountedList> = {
  name: 'households',
  shape: 2,
  type: 'SupportActivity',
  rows: (models) => models.activities as unknown as Model<CountedList>,
  fields,
  path: 'pathAtEvent',
  unitId: 'unitId',
  complete,
  // A household that is forgotten may lose its group.
  touched: async ({ deliveries }, events, session) => {
    const ids = events.filter(({ type }) => type === 'Beneficiary').map(({ entityId }) => entityId);
    if (ids.length === 0) return [];
    const rows = await deliveries.find({ _id: { $in: ids } }, { activityId: 1 }, { session }).lean();
    return rows.map(({ activityId }) => activityId);
  },
  count,
  packing: {
    pack: ({ lists }) => ({ ...packBook(lists as Lists) }),
    unpack: (cell) => ({ lists: unpackBook(cell as unknown as Book) }),
  },
  indexes: [
    [{ campaignCode: 1 }],
    [{ pathAtEvent: 1 }],
    [{ unitId: 1 }],
    [{ provinceAtEvent: 1 }],
    [{ levelAtEvent: 1 }],
  ],
};

/** Adds the lists to activities: of each hand-over the household's number, and the group. */
async function complete(
  models: Models,
  rows: readonly CountedList[],
  session: ClientSession | undefined,
): Promise<readonly CountedList[]> {
  const activityId = { $in: rows.map(({ _id }) => _id) };
  const deliveries = await models.deliveries
    .find({ activityId }, { activityId: 1, householdId: 1, group: 1 }, session ? { session } : {})
    .sort({ activityId: 1, _id: 1 })
    .batchSize(100_000)
    .lean<Pick<DeliveryRow, '_id' | 'activityId' | 'householdId' | 'group'>[]>();
  const byActivity = new Map<string, (typeof deliveries)[number][]>(rows.map(({ _id }) => [_id, []]));
  for (const delivery of deliveries) byActivity.get(delivery.activityId)?.push(delivery);
  const listOf = ({ _id }: CountedList) => byActivity.get(_id) ?? [];
  // In the order of the units, so that numbers of one unit's households lie close together.
  const households = rows.flatMap(listOf).map(({ householdId }) => householdId);
  const numbers = await numbersOf(models, households);
  return rows.map((row) => ({
    ...row,
    listed: listOf(row).map(({ householdId, group }) => ({
      number: numbers.get(householdId) ?? 0,
      group,
    })),
  }));
}

function count(row: CountedList, add: AddTo): void {
  const { listed = [], status } = row;
  if (status === 'CANCELLED' || listed.length === 0) return;
  const { campaignCode, unitId, pathAtEvent, levelAtEvent, provinceAtEvent, regionAtEvent } = row;
  const keys = { campaignCode, unitId, pathAtEvent, levelAtEvent, provinceAtEvent, regionAtEvent };
  const lists: Record<string, Record<string, number>> = {};
  for (const { number, group } of listed) {
    const name = headName({ ...row, group });
    const list = lists[name] ?? {};
    lists[name] = list;
    list[number] = (list[number] ?? 0) + 1;
  }
  add(Object.values(keys).join('|'), pathAtEvent, () => keys, { lists });
}
