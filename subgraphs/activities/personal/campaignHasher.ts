import { randomBytes } from 'node:crypto';
import type { Tx } from '../../records/command/transaction.ts';
import type { Models } from '../model/models.ts';
import type { SaltRow } from '../model/personal.ts';
import type { PersonalData } from './personalData.ts';
import { readable } from './readable.ts';

const keyMissing =
  'Identity numbers of this campaign cannot be taken: the key that they are compared by is missing on the server.';
const SALT_BYTES = 32;

/** Reads what a campaign hashes with, or that it was destroyed; null before its first number. */
export const saltOf = (tx: Tx<Models>, campaignId: string): Promise<SaltRow | null> =>
  tx.models.salts.findOne({ _id: campaignId }, {}, tx.options).lean<SaltRow>();

/**
 * Gives the function that hashes numbers for one campaign, which `known` is read of; its salt is made with the first number. The hashes stay under
 * the hashing key of that day, which is sealed anew when keys are turned over: under another one nobody would be found.
 */
export async function campaignHasher(
  tx: Tx<Models>,
  personal: PersonalData,
  campaignId: string,
  known: SaltRow | null,
): Promise<(digits: string) => string> {
  const row: SaltRow = known ?? {
    _id: campaignId,
    salt: randomBytes(SALT_BYTES).toString('base64'),
    keyId: personal.currentKeyId,
    createdAt: tx.now,
  };
  // Of two first numbers at once the second meets the first one's salt here, and its transaction begins anew.
  if (!known) await tx.models.salts.collection.insertOne(row as never, tx.options);
  const { keyId, salt, sealed } = row;
  if (keyId === null) throw new Error(`The hashing key of the campaign ${campaignId} was destroyed.`);
  return readable(() => personal.hasher({ id: campaignId, keyId, salt, sealed }), keyMissing);
}
