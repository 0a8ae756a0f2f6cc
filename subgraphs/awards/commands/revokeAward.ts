import { z } from 'zod';
import { code, day, documentRef, onExisting, optional, text } from '../../records/command/inputs.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Tx } from '../../records/command/transaction.ts';
import type { AwardRecord } from '../model/awards.ts';
import type { Models } from '../model/models.ts';
import type { Placed } from '../rules/actions.ts';
import { awards, dossiers } from './aggregates.ts';
import { addUnknown, checkDay, mayTake, requireReachOf } from './checks.ts';
import { storedDocument } from './inputs.ts';
import { takeStep } from './step.ts';

const input = z.object({
  ...onExisting,
  ground: code,
  decision: documentRef,
  reason: text(2_000),
  revokedOn: optional(day),
  recovered: z.boolean(),
});
type Input = z.infer<typeof input>;

/**
 * Revokes an award (law of 2022, chapter VII), by who decides about its form. Its dossier follows; the achievement may
 * be commended again.
 */
export const revokeAward: Command<Models, Input, { readonly id: string }> = {
  name: 'revokeAward',
  input,
  may: mayTake('REVOKE'),
  run: async (tx, given) => {
    const { faults } = tx;
    const found = await tx.get(awards, given.id);
    const dossier = found.dossierId === null ? null : await tx.get(dossiers, found.dossierId);
    const placed = dossier ?? withoutDossier(found);
    const award = await tx.take(awards, given, () => requireReachOf('REVOKE', placed, tx.viewer));
    if (award.revocation !== null)
      faults.refuse('ALREADY_REVOKED', { path: ['input', 'id'], params: { on: award.revocation.revokedOn } });
    const revokedOn = given.revokedOn ?? tx.today;
    checkDay(faults, ['input', 'revokedOn'], revokedOn, { earliest: award.eventOn, latest: tx.today });
    await checkGround(tx, given.ground);
    faults.check();
    tx.because(given.reason);
    const { ground, recovered } = given;
    const revocation = { revokedOn, ground, decision: storedDocument(given.decision), recovered };
    await tx.update(awards, award, { status: 'REVOKED', revocation, achievementLocks: [] });
    if (dossier) {
      const { _id: id, version: expectedVersion } = dossier;
      await takeStep(tx, { id, expectedVersion }, { action: 'REVOKE', reason: given.reason });
    }
    return { id: award._id };
  },
};

/** An award that was taken over from a source belongs to the ministry, or to its unit where a unit's head decided. */
const withoutDossier = ({ decidedBy, scopePath }: AwardRecord): Placed => {
  const decidingPath = decidedBy === 'UNIT_HEAD' ? scopePath : `/${scopePath.split('/')[1] ?? ''}/`;
  return { proposerPath: scopePath, decidedBy, decidingPath };
};

async function checkGround({ models, options, faults }: Tx<Models>, ground: string): Promise<void> {
  const term = await models.terms.findOne({ _id: `REVOCATION:${ground}` }, { _id: 1 }, options).lean();
  if (!term) addUnknown(faults, ['input', 'ground'], 'RevocationGround', ground);
}
