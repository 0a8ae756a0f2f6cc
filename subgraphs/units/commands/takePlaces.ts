import type { Tx } from '../../records/command/transaction.ts';
import { areaId } from '../model/area.ts';
import type { Models } from '../model/models.ts';
import type { UnitRecord } from '../model/unit.ts';

type Placed = Pick<UnitRecord, '_id' | 'status' | 'adminCode' | 'adminListDate'>;

/**
 * Gives the places of units that have just begun to them: a place leads to the unit whose it is, or was last. Before its
 * first day a unit has none, and a place of a list that is not here is not made up.
 */
export async function takePlaces(tx: Tx<Models>, begun: readonly Placed[]): Promise<void> {
  const taken = begun.flatMap(({ _id, status, adminCode, adminListDate }) =>
    status === 'ACTIVE' && adminCode !== null && adminListDate !== null
      ? [{ place: areaId(adminListDate, adminCode), unitId: _id }]
      : [],
  );
  if (taken.length === 0) return;
  await tx.models.areas.collection.bulkWrite(
    taken.map(({ place, unitId }) => ({
      updateOne: { filter: { _id: place as never }, update: { $set: { unitId } } },
    })),
    tx.options,
  );
}
