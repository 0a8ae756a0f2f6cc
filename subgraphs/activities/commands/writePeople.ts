import type { mongo } from 'mongoose';
import type { Tx } from '../../records/command/transaction.ts';
import type { DeliveryRow } from '../model/delivery.ts';
import type { Models } from '../model/models.ts';
import type { KnownHouseholdRow } from '../model/personal.ts';
import { givesHouse } from '../rules/listedKinds.ts';
import type { Ground } from './ground.ts';

const DUPLICATE_KEY = 11_000;

/**
 * Writes the rows of a list, and what the campaign knows of their households. The audit names the rows under the command
 * that added them. Refuses with DUPLICATE_SUPPORT a second house that the check did not see.
 */
export async function writePeople(
  tx: Tx<Models>,
  { activity }: Pick<Ground, 'activity'>,
  rows: readonly DeliveryRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.models.deliveries.collection.insertMany(rows as never, tx.options);
  const knowing = knowingOf(rows, activity.campaignId, givesHouse(activity.kind));
  if (knowing.length > 0) {
    await tx.models.knownHouseholds.collection
      .bulkWrite(knowing as never, { ...tx.options, ordered: true })
      .catch((error: mongo.MongoServerError) => {
        if (error.code === DUPLICATE_KEY) tx.faults.refuse('DUPLICATE_SUPPORT');
        throw error;
      });
  }
  tx.note({ type: 'Beneficiary', entityIds: rows.map(({ _id }) => _id) });
}

type Upsert = mongo.AnyBulkWriteOperation<KnownHouseholdRow>;

/**
 * One upsert for each household with a number. A house asks for a household without one: where there is one the upsert
 * would add a second row under the same hash, which the index on it refuses.
 */
function knowingOf(rows: readonly DeliveryRow[], campaignId: string, isHouse: boolean): Upsert[] {
  const byHash = new Map<string, DeliveryRow[]>();
  for (const row of rows) if (row.idHash) byHash.set(row.idHash, [...(byHash.get(row.idHash) ?? []), row]);
  return [...byHash].flatMap(([hash, [first, ...more]]): Upsert[] => {
    if (!first) return [];
    const { householdId } = first;
    const update = isHouse
      ? { $setOnInsert: { campaignId, householdId }, $set: { house: first._id } }
      : { $setOnInsert: { campaignId, householdId, house: null } };
    return [
      {
        updateOne: {
          filter: isHouse ? { _id: hash, house: null } : { _id: hash },
          update: { ...update, $inc: { helped: 1 + more.length } },
          upsert: true,
        },
      },
    ];
  });
}
