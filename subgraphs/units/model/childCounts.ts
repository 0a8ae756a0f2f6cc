import { type Connection, type Model, type mongo, Schema } from 'mongoose';
import { type ChildDay, childDaysOf, type Span } from '../rules/childDays.ts';
import type { UnitVersionRow } from './version.ts';

/**
 * How many children a unit had from day to day, kept beside the versions that say so: counted from them, a level of
 * the tree would read every unit of the next one.
 */
export interface ChildCountsRow {
  /** The unit's id; a unit that never had a child has no row. */
  readonly _id: string;
  readonly days: readonly ChildDay[];
}

const schema = new Schema<ChildCountsRow>(
  {
    _id: { type: String, required: true },
    days: { type: [{ _id: false, from: String, count: Number }], required: true },
  },
  { autoIndex: false, versionKey: false },
);

export const COLLECTION = 'units_child_counts';

export const childCountsModel = (connection: Connection): Model<ChildCountsRow> =>
  connection.model<ChildCountsRow>('units.ChildCounts', schema, COLLECTION);

/** Where children are counted, and where the counts are kept. */
interface Counted {
  readonly versions: mongo.Collection<UnitVersionRow>;
  readonly childCounts: mongo.Collection<ChildCountsRow>;
}

const ALL = 100_000;

/** Counts the children of units anew, by one read and one write; of all units unless some are named. */
export async function recountChildren(
  { versions, childCounts }: Counted,
  parentIds?: readonly string[],
  options: mongo.BulkWriteOptions = {},
): Promise<void> {
  const spans = await versions
    .find(
      { parentId: parentIds ? { $in: [...parentIds] } : { $gt: '' } },
      { ...options, projection: { _id: 0, parentId: 1, from: 1, before: 1 }, batchSize: ALL },
    )
    .toArray();
  const byParent = new Map<string, Span[]>(parentIds?.map((id) => [id, []]));
  for (const { parentId, ...span } of spans) {
    const known = byParent.get(parentId ?? '');
    if (known) known.push(span);
    else byParent.set(parentId ?? '', [span]);
  }
  if (byParent.size === 0) return;
  await childCounts.bulkWrite(
    [...byParent].map(([_id, children]) => ({
      replaceOne: { filter: { _id }, replacement: { days: childDaysOf(children) }, upsert: true },
    })),
    options,
  );
}
