import { randomUUID } from 'node:crypto';
import type { Job, JobScope } from '../../records/feed/jobs.ts';
import { namesUnder, sealHashersAnew, sealNamesAnew } from '../commands/sealAnew.ts';
import type { Models } from '../model/models.ts';
import { type PersonalData, personalData } from './personalData.ts';

const EVERY_MS = 10_000;
/** So many transactions of 500 names in one run: a process that stops waits for a run to end. */
const BATCHES_A_RUN = 10;

/**
 * Brings what older keys have sealed under the current one, batch by batch, while everything goes on. With a single key
 * it reads nothing. When it is through, the old key may be taken out of PII_KEY: `personalDataKeys` says so.
 */
export const turnKeys: Job<Models> = {
  name: 'turnKeys',
  everyMs: EVERY_MS,
  run: async (scope) => {
    const personal = personalData(scope.secrets.pii);
    let batches = BATCHES_A_RUN;
    for (const keyId of personal.keyIds.slice(1)) {
      if (await scope.models.salts.exists({ keyId }))
        await scope.command(sealHashersAnew(personal), { idempotencyKey: randomUUID(), keyId });
      batches -= await turnNames(scope, personal, keyId, batches);
    }
  },
};

/** Gives how many batches it took. */
async function turnNames(
  { models, command }: JobScope<Models>,
  personal: PersonalData,
  keyId: string,
  atMost: number,
): Promise<number> {
  if (!(await models.deliveries.exists(namesUnder(keyId)))) return 0;
  const seal = sealNamesAnew(personal);
  let after = `${keyId}.`;
  for (let batches = 1; batches <= atMost; batches += 1) {
    const { result } = await command(seal, { idempotencyKey: randomUUID(), keyId, after });
    if (!result?.last) return batches;
    after = result.last;
  }
  return Math.max(0, atMost);
}
