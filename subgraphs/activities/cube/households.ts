import type { Model } from 'mongoose';
import type { AddTo, CubeDefinition } from '../../records/cube/definition.ts';
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

/**
 * One unit's book: the names of its lists, a line each, how many households each has (32-bit, little-endian), and all their
 * numbers in that order. Half a million names are read in one answer: as one text of each book, not as a list.
 */
export interface Book {
  readonly unitId: string;
  readonly pathAtEvent: string;
  readonly levelAtEvent: string;
  readonly provinceAtEvent: string | null;
  readonly regionAtEvent: string | null;
  readonly lists: string;
  readonly sizes: Bytes;
  /** Doubles, little-endian. */
  readonly numbers: Bytes;
  /** How often each number stands in its list; empty where all stand once. */
  readonly times: readonly number[];
}

/** As the driver gives binary data, and as it takes it. */
type Bytes = { readonly buffer: Uint8Array } | Uint8Array;

/** Copied, because bytes from the wire begin anywhere, and numbers only at multiples of their size. */
const copyOf = (bytes: Bytes): ArrayBuffer =>
  new Uint8Array(bytes instanceof Uint8Array ? bytes : bytes.buffer).buffer;

/** Reads a book's lists. */
export const openBook = ({ lists, sizes, numbers }: Pick<Book, 'lists' | 'sizes' | 'numbers'>) => ({
  names: lists.split('\n'),
  sizes: new Int32Array(copyOf(sizes)),
  numbers: new Float64Array(copyOf(numbers)),
});

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
  packing: {
    pack: ({ lists }) => packed(lists as Lists),
    unpack: (cell) => ({ lists: unpacked(cell as unknown as Book) }),
  },
  indexes: [
    [{ campaignCode: 1 }],
    [{ pathAtEvent: 1 }],
    [{ unitId: 1 }],
    [{ provinceAtEvent: 1 }],
    [{ levelAtEvent: 1 }],
  ],
};

type Lists = Readonly<Record<string, Readonly<Record<string, number>>>>;

function count(row: CountedList, add: AddTo): void {
  const { listed = [], status } = row;
  if (status === 'CANCELLED' || listed.length === 0) return;
  const { campaignCode, unitId, pathAtEvent, levelAtEvent, provinceAtEvent, regionAtEvent } = row;
  const keys = { campaignCode, unitId, pathAtEvent, levelAtEvent, provinceAtEvent, regionAtEvent };
  const lists: Record<string, Record<string, number>> = {};
  for (const { householdId, group } of listed) {
    const name = headName({ ...row, group });
    const list = lists[name] ?? {};
    lists[name] = list;
    const number = numberOf(householdId);
    list[number] = (list[number] ?? 0) + 1;
  }
  add(Object.values(keys).join('|'), pathAtEvent, () => keys, { lists });
}

function packed(lists: Lists): Pick<Book, 'lists' | 'sizes' | 'numbers' | 'times'> {
  const entries = Object.entries(lists);
  const times = entries.flatMap(([, list]) => Object.values(list));
  const numbers = Float64Array.from(
    entries.flatMap(([, list]) => Object.keys(list)),
    Number,
  );
  return {
    lists: entries.map(([name]) => name).join('\n'),
    sizes: new Uint8Array(Int32Array.from(entries, ([, list]) => Object.keys(list).length).buffer),
    numbers: new Uint8Array(numbers.buffer),
    times: times.some((each) => each > 1) ? times : [],
  };
}

function unpacked(book: Book): Lists {
  const { names, sizes, numbers } = openBook(book);
  let next = 0;
  return Object.fromEntries(
    names.map((name, index) => {
      const list: Record<string, number> = {};
      for (const end = next + (sizes[index] ?? 0); next < end; next += 1)
        list[numbers[next] ?? 0] = book.times[next] ?? 1;
      return [name, list];
    }),
  );
}

const BITS_48 = 2 ** 48;

/**
 * Gives the number of a household: 53 of the 128 random bits of its id. Of 1.2 million households two have the same one
 * with a chance of 1 in 12,500; then one fewer is counted.
 */
function numberOf(householdId: string): number {
  const bytes = Buffer.from(householdId.slice(-22), 'base64url');
  return (bytes.readUInt8(6) & 31) * BITS_48 + bytes.readUIntBE(0, 6);
}
