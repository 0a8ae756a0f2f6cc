import { z } from 'zod';
import { addDays } from '../../../schema/scalars/period.ts';
import { day, onExisting, optional } from '../../records/command/inputs.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Tx } from '../../records/command/transaction.ts';
import type { AwardDossierRecord } from '../model/dossiers.ts';
import type { Models } from '../model/models.ts';
import { addInvalid, checkDay, mayTake } from './checks.ts';
import { papers } from './inputs.ts';
import type { Law } from './law.ts';
import { storedPapers, withPapers } from './papers.ts';
import { placingOf } from './placing.ts';
import { takeStep } from './step.ts';
import { placeOn, readUnits } from './units.ts';

const input = z.object({ ...onExisting, receivedOn: optional(day), papers });
type Input = z.infer<typeof input>;

/**
 * Hands a dossier in. The first time sets the day of receipt, and with it for good the law and the tree of units that it
 * is judged by (DOMAIN §2.1); a draft written under another law is held up with the warning REGIME_CHANGED.
 */
export const submitDossier: Command<Models, Input, { readonly id: string }> = {
  name: 'submitDossier',
  input,
  may: mayTake('SUBMIT'),
  run: async (tx, given) => {
    const { after } = await takeStep(tx, given, {
      action: 'SUBMIT',
      change: async (dossier, law) => ({
        papers: withPapers(dossier.papers, storedPapers(tx.faults, law, given.papers, ['input', 'papers'])),
        authors: [...new Set([...(dossier.authors ?? []), tx.viewer.subject])],
        ...(dossier.receivedOn === null
          ? await received(tx, dossier, law, given)
          : receivedBefore(tx, dossier, given)),
      }),
    });
    return { id: after._id };
  },
};

const path = ['input', 'receivedOn'];

/** A dossier that was sent back keeps the day on which it first came. */
function receivedBefore({ faults }: Tx<Models>, { receivedOn }: AwardDossierRecord, given: Input) {
  if (given.receivedOn !== null && given.receivedOn !== receivedOn) {
    addInvalid(
      faults,
      path,
      `Hồ sơ đã được tiếp nhận ngày ${receivedOn}; ngày này không thay đổi.`,
      `The dossier was received on ${receivedOn}; that day does not change.`,
    );
  }
  return {};
}

async function received(tx: Tx<Models>, dossier: AwardDossierRecord, law: Law, given: Input) {
  const { faults, today } = tx;
  const receivedOn = given.receivedOn ?? today;
  const ends = dossier.achievements.map(({ before }) => addDays(before, -1)).toSorted();
  checkDay(faults, path, receivedOn, { earliest: ends.at(-1) ?? null, latest: today });
  faults.check();
  const regime = law.regimeOn(receivedOn);
  if (regime !== dossier.regime)
    faults.add('REGIME_CHANGED', { path, params: { draft: dossier.regime, received: regime } });
  const placing = await placedOn(tx, dossier, law, { receivedOn, regime });
  return { receivedOn, judgedOn: receivedOn, regime, ...placing };
}

/** The units as they stood on the day of receipt; who was asked to decide is asked still, if there is that unit. */
async function placedOn(
  tx: Tx<Models>,
  dossier: AwardDossierRecord,
  law: Law,
  { receivedOn, regime }: { readonly receivedOn: string; readonly regime: AwardDossierRecord['regime'] },
) {
  const { faults } = tx;
  const ids = [dossier.proposerId, dossier.unitId, dossier.decidingUnitId ?? dossier.proposerId];
  const units = await readUnits(tx, { ids });
  const [proposer, at, decider] = ids.map((id) => {
    const unit = units.byId.get(id);
    return unit ? placeOn(units, unit, receivedOn) : null;
  });
  if (!proposer || !at) return faults.refuse('INPUT_INVALID', { path, params: unknownUnits });
  const placing = placingOf(faults, units, {
    ...{ day: receivedOn, proposer, at, path: ['input'] },
    recipientKind: dossier.recipientKind,
    decidedBy: dossier.decidedBy,
    minLevel: law.rule(dossier.form, regime, receivedOn)?.minLevel ?? null,
    decidingUnit: dossier.decidingUnitId === null ? null : (decider?.code ?? null),
  });
  return placing ?? {};
}

const unknownUnits = {
  vi: 'Đơn vị đề nghị hoặc đơn vị được đề nghị không tồn tại ngày tiếp nhận.',
  en: 'The proposing or the proposed unit did not exist on the day of receipt.',
};
