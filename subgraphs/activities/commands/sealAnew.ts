import type { mongo } from 'mongoose';
import { z } from 'zod';
import { commandInput } from '../../records/command/inputs.ts';
import { requireRole } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { DeliveryRow } from '../model/delivery.ts';
import type { Models } from '../model/models.ts';
import type { SaltRow } from '../model/personal.ts';
import { type PersonalData, placeOfName } from '../personal/personalData.ts';

type Named = Pick<DeliveryRow, '_id' | 'displayName'>;

/** Names of one transaction. */
const AT_ONCE = 500;

const sealing = z.object({ ...commandInput, keyId: z.string(), after: z.string() });

/** The names that one key sealed, by the index on them. */
export const namesUnder = (keyId: string, after = `${keyId}.`) => ({
  displayName: { $gt: after, $lt: `${keyId}/` },
});

/**
 * Seals names of an old key under the current one, the next after a sealed name. A name that is written or forgotten
 * meanwhile is left as it was written; one that cannot be opened stays as it is. Versions stay: nothing that can be read
 * changes. Gives the last sealed name it looked at, null at the end. Done by the system, offered to nobody.
 */
export const sealNamesAnew = (
  personal: PersonalData,
): Command<Models, z.infer<typeof sealing>, { readonly last: string | null }> => ({
  name: 'sealNamesAnew',
  input: sealing,
  may: (viewer) => requireRole(viewer, 'ADMIN'),
  run: async (tx, { keyId, after }) => {
    const rows = await tx.models.deliveries
      .find(namesUnder(keyId, after), { displayName: 1 }, tx.options)
      .sort({ displayName: 1 })
      .limit(AT_ONCE)
      .batchSize(AT_ONCE + 1)
      .lean<Named[]>();
    const writes = rows.flatMap((row) => sealedAnew(personal, row));
    if (writes.length > 0) {
      await tx.models.deliveries.bulkWrite(writes, tx.options);
      tx.note({ type: 'Beneficiary', entityIds: writes.map(({ updateOne }) => updateOne.filter._id) });
    }
    return { last: rows.length < AT_ONCE ? null : (rows.at(-1)?.displayName ?? null) };
  },
});

function sealedAnew(personal: PersonalData, { _id, displayName }: Named) {
  const place = placeOfName(_id);
  const name = displayName === null ? null : openedOrNull(personal, place, displayName);
  if (name === null) return [];
  return [
    {
      updateOne: {
        filter: { _id, displayName },
        update: { $set: { displayName: personal.seal(place, name) } },
      },
    },
  ];
}

function openedOrNull(personal: PersonalData, place: string, sealed: string): string | null {
  try {
    return personal.open(place, sealed);
  } catch {
    // Whoever reads it is told, and the status of the key counts it.
    return null;
  }
}

const keeping = z.object({ ...commandInput, keyId: z.string() });

/** Seals what campaigns hash numbers with under the current key, where an old one made or sealed it. */
export const sealHashersAnew = (
  personal: PersonalData,
): Command<Models, z.infer<typeof keeping>, { readonly sealed: number }> => ({
  name: 'sealHashersAnew',
  input: keeping,
  may: (viewer) => requireRole(viewer, 'ADMIN'),
  run: async (tx, { keyId }) => {
    const salts = tx.models.salts.collection as unknown as mongo.Collection<SaltRow>;
    const rows = await salts.find({ keyId }, tx.options).limit(AT_ONCE).toArray();
    for (const { _id: id, salt, sealed } of rows) {
      const kept = personal.sealHasher({ id, keyId, salt, sealed });
      await salts.updateOne({ _id: id }, { $set: { ...kept, salt: null } }, tx.options);
    }
    if (rows.length > 0) tx.note({ type: 'Campaign', entityIds: rows.map(({ _id }) => _id) });
    return { sealed: rows.length };
  },
});
