import type { Model } from 'mongoose';
import type { AddTo, CubeDefinition } from '../../records/cube/definition.ts';
import type { Sum } from '../../records/cube/sums.ts';
import type { ActivityRow } from '../model/activity.ts';
import type { DeliveryRow } from '../model/delivery.ts';
import type { Models } from '../model/models.ts';

type Listed = Pick<DeliveryRow, 'householdId' | 'group'>;

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

/** What the households of one list, or of several of a day, have in common within their unit. */
export interface ListHead {
  readonly startsOn: string;
  readonly kind: string;
  readonly contentItemCode: string | null;
  readonly group: string | null;
}

const headName = ({ startsOn, kind, contentItemCode, group }: ListHead): string =>
  [startsOn, kind, contentItemCode ?? '', group ?? ''].join('|');

/** Reads the name of a list back. */
export function headOf(name: string): ListHead {
  const [startsOn = '', kind = '', contentItemCode, group] = name.split('|');
  return { startsOn, kind, contentItemCode: contentItemCode || null, group: group || null };
}

/** One unit's book as a reader needs it: the lists, how many households each has, and all their numbers in that order. */
export interface Book {
  readonly unitId: string;
  readonly pathAtEvent: string;
  readonly levelAtEvent: string;
  readonly provinceAtEvent: string | null;
  readonly regionAtEvent: string | null;
  readonly derived: {
    readonly lists: readonly string[];
    readonly sizes: readonly number[];
    /** Doubles, little-endian. */
    readonly numbers: { readonly buffer: Uint8Array } | Uint8Array;
  };
}

/**
 * The books of households helped, one for each unit and campaign. Different households cannot be added up: a family that
 * two units helped is one. So a reader takes the numbers of all lists that a row is about, and counts each once.
 */
export const householdCube: CubeDefinition<Models, CountedList> = {
  name: 'households',
  shape: 1,
  type: 'SupportActivity',
  rows: (models) => models.activities as unknown as Model<CountedList>,
  fields,
  path: 'pathAtEvent',
  unitId: 'unitId',
  complete: async ({ deliveries }, rows, session) => {
    const activityId = { $in: rows.map(({ _id }) => _id) };
    const lists = await deliveries
      .find({ activityId }, { activityId: 1, householdId: 1, group: 1 }, session ? { session } : {})
      .sort({ activityId: 1, _id: 1 })
      .batchSize(100_000)
      .lean<(Listed & Pick<DeliveryRow, 'activityId'>)[]>();
    const byActivity = new Map<string, Listed[]>();
    for (const { activityId: id, householdId, group } of lists) {
      const list = byActivity.get(id) ?? [];
      byActivity.set(id, list);
      list.push({ householdId, group });
    }
    return rows.map((row) => ({ ...row, listed: byActivity.get(row._id) ?? [] }));
  },
  // A household that is forgotten may lose its group.
  touched: async ({ deliveries }, events, session) => {
    const ids = events.filter(({ type }) => type === 'Beneficiary').map(({ entityId }) => entityId);
    if (ids.length === 0) return [];
    const rows = await deliveries.find({ _id: { $in: ids } }, { activityId: 1 }, { session }).lean();
    return rows.map(({ activityId }) => activityId);
  },
  count,
  derive: ({ lists }) => packed(lists as Lists),
  indexes: [[{ pathAtEvent: 1 }], [{ unitId: 1 }], [{ provinceAtEvent: 1 }]],
};

type Lists = Readonly<Record<string, Readonly<Record<string, number>>>>;

function count(row: CountedList, add: AddTo): void {
  const { listed = [], status } = row;
  if (status === 'CANCELLED' || listed.length === 0) return;
  const { campaignCode, unitId, pathAtEvent, levelAtEvent, provinceAtEvent, regionAtEvent } = row;
  const keys = { campaignCode, unitId, pathAtEvent, levelAtEvent, provinceAtEvent, regionAtEvent };
  const lists: Record<string, Record<string, Sum>> = {};
  for (const { householdId, group } of listed) {
    const name = headName({ ...row, group });
    const list = lists[name] ?? {};
    lists[name] = list;
    list[householdId] = ((list[householdId] as number | undefined) ?? 0) + 1;
  }
  add(Object.values(keys).join('|'), pathAtEvent, () => keys, { lists });
}

function packed(lists: Lists): Book['derived'] {
  const entries = Object.entries(lists);
  const numbers = Float64Array.from(entries.flatMap(([, list]) => Object.keys(list).map(numberOf)));
  return {
    lists: entries.map(([name]) => name),
    sizes: entries.map(([, list]) => Object.keys(list).length),
    numbers: new Uint8Array(numbers.buffer),
  };
}

const BITS_48 = 2 ** 48;

/**
 * Gives the number of a household: 53 of the 128 random bits of its id. Of 1.2 million households two have the same one
 * with a chance of 1 in 12,500; then one fewer is counted.
 */
export function numberOf(householdId: string): number {
  const bytes = Buffer.from(householdId.slice(-22), 'base64url');
  return (bytes.readUInt8(6) & 31) * BITS_48 + bytes.readUIntBE(0, 6);
}
