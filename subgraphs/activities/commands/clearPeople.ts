import { z } from 'zod';
import { commandInput } from '../../records/command/inputs.ts';
import { requireRole } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { CatalogueRow } from '../model/catalogue.ts';
import type { DeliveryRow } from '../model/delivery.ts';
import type { Models } from '../model/models.ts';
import { beneficiaries } from './aggregates.ts';

/** Rows of one transaction. */
export const CLEARED_AT_ONCE = 500;

const clearing = z.object({
  ...commandInput,
  activityIds: z.array(z.string()),
  clears: z.enum(['NUMBERS', 'ALL']),
});
type Clearing = z.infer<typeof clearing>;

/**
 * Takes out of the lists of some activities what has to go from them: the hash and tail of numbers, or all that is
 * personal. Rows and every count stay, and generated rows, which are nobody's. Gives how many rows it changed, at most {@link CLEARED_AT_ONCE}: with so many there
 * may be more. Done by the system, offered to nobody.
 */
export const clearPeople: Command<Models, Clearing, { readonly cleared: number }> = {
  name: 'clearPeople',
  input: clearing,
  may: (viewer) => requireRole(viewer, 'ADMIN'),
  run: async (tx, { activityIds, clears }) => {
    const { models, options } = tx;
    const sensitive = clears === 'ALL' ? await sensitiveGroups(models, options) : [];
    const left: object[] = [{ idHash: { $ne: null } }, { idTail: { $ne: null } }];
    if (clears === 'ALL') left.push({ displayName: { $ne: null } }, { group: { $in: sensitive } });
    const rows = await models.deliveries
      .find({ activityId: { $in: activityIds }, synthetic: { $ne: true }, $or: left }, {}, options)
      .limit(CLEARED_AT_ONCE)
      .batchSize(CLEARED_AT_ONCE + 1)
      .lean<DeliveryRow[]>();
    if (rows.length === 0) return { cleared: 0 };
    const hashes = rows.flatMap(({ idHash }) => idHash ?? []);
    await models.knownHouseholds.deleteMany({ _id: { $in: hashes } }, options);
    const numbers = { idHash: null, idTail: null };
    const all = { ...numbers, displayName: null, erasedAt: tx.now };
    await tx.updateMany(
      beneficiaries,
      rows.map((row) => ({
        row,
        change:
          clears === 'NUMBERS'
            ? numbers
            : { ...all, group: row.group !== null && sensitive.includes(row.group) ? null : row.group },
      })),
    );
    tx.note({ type: beneficiaries.type, entityIds: rows.map(({ _id }) => _id) });
    return { cleared: rows.length };
  },
};

async function sensitiveGroups(models: Models, options: object): Promise<string[]> {
  const entries = await models.catalogue
    .find({ dimension: 'GROUP', sensitive: true }, { code: 1 }, options)
    .lean<Pick<CatalogueRow, 'code'>[]>();
  return entries.map(({ code }) => code);
}
