import { randomBytes } from 'node:crypto';
import type { Tx } from '../../records/command/transaction.ts';
import type { Models } from '../model/models.ts';
import type { SaltRow } from '../model/personal.ts';
import type { PersonalData } from './personalData.ts';

const SALT_BYTES = 32;

/**
 * Gives the function that hashes numbers for one campaign; its salt is made with the first number. The hashes stay under
 * the key that was current then: under another one nobody would be found.
 */
export async function campaignHasher(
  tx: Tx<Models>,
  personal: PersonalData,
  campaignId: string,
): Promise<(digits: string) => string> {
  const known = await tx.models.salts.findOne({ _id: campaignId }, {}, tx.options).lean<SaltRow>();
  const row = known ?? {
    _id: campaignId,
    salt: randomBytes(SALT_BYTES).toString('base64'),
    keyId: personal.currentKeyId,
    createdAt: tx.now,
  };
  // Of two first numbers at once the second meets the first one's salt here, and its transaction begins anew.
  if (!known) await tx.models.salts.collection.insertOne(row as never, tx.options);
  return personal.hasher({ id: campaignId, keyId: row.keyId, salt: row.salt });
}
