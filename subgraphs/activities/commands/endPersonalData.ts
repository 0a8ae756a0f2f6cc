import { z } from 'zod';
import { commandInput, reason } from '../../records/command/inputs.ts';
import { requireRole } from '../../records/command/reach.ts';
import { checkReason } from '../../records/command/reason.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Tx } from '../../records/command/transaction.ts';
import type { Models } from '../model/models.ts';
import type { SaltRow } from '../model/personal.ts';
import { holdsNumber } from '../rules/identityNumber.ts';
import { keptReason } from '../rules/keptReason.ts';
import { campaignByCode } from './readCopies.ts';

type Ended = { readonly id: string; readonly code: string };

const destroying = z.object({ ...commandInput, campaign: z.string().max(100), reason });

/**
 * Destroys what a campaign hashes identity numbers with, for good: whoever holds the key and the database can find nobody
 * by a number any more. What was kept of numbers goes from the rows afterwards. Refuses with INVALID_STATE the second time.
 */
export const destroyCampaignSalt: Command<Models, z.infer<typeof destroying>, Ended> = {
  name: 'destroyCampaignSalt',
  input: destroying,
  may: (viewer) => requireRole(viewer, 'ADMIN'),
  run: async (tx, input) => {
    const { _id: campaignId, code } = await campaignByCode(tx, input.campaign);
    checkReason(tx.faults, input.reason);
    if (holdsNumber(input.reason)) tx.faults.add(...keptReason('reason'));
    tx.faults.check();
    tx.because(input.reason);
    if (!(await destroySalt(tx, campaignId, 'NUMBERS'))) {
      tx.faults.refuse('INVALID_STATE', {
        params: { action: 'destroyCampaignSalt', state: 'DESTROYED', allowed: 'KEPT' },
      });
    }
    return { id: campaignId, code };
  },
};

const ending = z.object({ ...commandInput, campaignId: z.string(), reason });

/** Ends the personal data of a campaign whose time is over; done by the system, offered to nobody. */
export const endPersonalData: Command<Models, z.infer<typeof ending>, { readonly ended: boolean }> = {
  name: 'endPersonalData',
  input: ending,
  may: (viewer) => requireRole(viewer, 'ADMIN'),
  run: async (tx, { campaignId, reason: why }) => {
    tx.because(why);
    return { ended: await destroySalt(tx, campaignId, 'ALL') };
  },
};

/** Says false when as much was destroyed before. The row stays and says so, lest a new salt is made with the next number. */
async function destroySalt(tx: Tx<Models>, campaignId: string, clears: 'NUMBERS' | 'ALL'): Promise<boolean> {
  const { salts } = tx.models;
  const row = await salts.findOne({ _id: campaignId }, {}, tx.options).lean<SaltRow>();
  if (row?.clears === 'ALL' || row?.clears === clears) return false;
  const destroyedAt = row?.destroyedAt ?? tx.now;
  const nothing = { salt: null, sealed: null, keyId: null };
  await salts.updateOne(
    { _id: campaignId },
    { $set: { ...nothing, destroyedAt, clears, clearedAt: null }, $setOnInsert: { createdAt: tx.now } },
    { ...tx.options, upsert: true },
  );
  tx.note({ type: 'Campaign', entityIds: [campaignId] });
  return true;
}
