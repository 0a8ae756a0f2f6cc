import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { onExisting, text } from '../../records/command/inputs.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Tx } from '../../records/command/transaction.ts';
import { randomId } from '../../records/ids.ts';
import type { AwardRecord } from '../model/awards.ts';
import type { BaseSalaryRecord, FormRuleRecord } from '../model/catalogue.ts';
import type { AwardDossierRecord } from '../model/dossiers.ts';
import type { StoredDocument } from '../model/facts.ts';
import type { Models } from '../model/models.ts';
import { bonusOf } from '../rules/bonus.ts';
import { achievementLocksOf } from '../rules/keys.ts';
import { verifyCodeOf } from '../rules/verifyCode.ts';
import { awards } from './aggregates.ts';
import { checkDay, mayTake } from './checks.ts';
import { decisionRef, papers, storedDocument } from './inputs.ts';
import { storedPapers, withPapers } from './papers.ts';
import { existing, factPlace } from './placing.ts';
import { takeStep } from './step.ts';
import { takeDecisionTurns } from './turns.ts';
import { type Place, readUnits } from './units.ts';

const input = z.object({ ...onExisting, decision: decisionRef, unitName: text(300), papers });

/** 160 bits that nobody can guess; the code takes 100 of them. */
const CODE_BYTES = 20;

interface Decided {
  readonly id: string;
  readonly awardId: string;
}

/**
 * Decides in favour: the dossier ends, and an award stands, with its place in the tree of the decision's day, its money
 * and the code of its certificate. Decisions about one recipient, or under one quota, are made one after the other.
 */
export const decideDossier: Command<Models, z.infer<typeof input>, Decided> = {
  name: 'decideDossier',
  input,
  may: mayTake('DECIDE'),
  run: async (tx, { decision, unitName, ...given }) => {
    const { faults } = tx;
    const awardId = randomId('awd');
    const decidedOn = decision.date ?? tx.today;
    let place: Place | null = null;
    const { after, facts } = await takeStep(tx, given, {
      action: 'DECIDE',
      change: async (dossier, law) => {
        place = await placeOn(tx, dossier, decidedOn);
        return {
          recipient: { ...dossier.recipient, nameAtDecision: unitName },
          papers: withPapers(dossier.papers, storedPapers(faults, law, given.papers, ['input', 'papers'])),
          awardId,
        };
      },
      check: (dossier) => checkDecidedOn(tx, dossier, decidedOn),
    });
    if (!place) throw new Error('A decision about a unit that did not exist.');
    const rule = facts?.rule ?? null;
    await takeDecisionTurns(tx, after, rule);
    const award = awardOf(after, { awardId, decidedOn, decision: storedDocument(decision), place });
    const bonus = await bonusFor(tx, rule, decidedOn);
    await tx.insert(
      awards,
      { ...award, bonus },
      { onDuplicate: ['DOUBLE_AWARD_SAME_ACHIEVEMENT', { path: ['input', 'id'] }] },
    );
    return { id: after._id, awardId };
  },
};

const path = ['input', 'decision', 'date'];

/** Nobody decides before there is something to decide about, or about a day to come. */
function checkDecidedOn(
  { faults, today }: Tx<Models>,
  { receivedOn, vote, notice }: AwardDossierRecord,
  decidedOn: string,
): void {
  checkDay(faults, path, decidedOn, { earliest: vote?.heldOn ?? receivedOn, latest: today });
  if (notice && decidedOn < notice.before && notice.before <= today) {
    const params = {
      vi: `Quyết định ngày ${decidedOn} trước khi hết hạn công khai.`,
      en: `The decision of ${decidedOn} came before the end of the notice.`,
    };
    faults.add('NOTICE_PERIOD_OPEN', { path, params });
  }
}

async function placeOn(
  tx: Tx<Models>,
  { unitId }: AwardDossierRecord,
  decidedOn: string,
): Promise<Place | null> {
  const units = await readUnits(tx, { ids: [unitId] });
  const unit = units.byId.get(unitId);
  if (!unit) return tx.faults.refuse('NOT_FOUND', { path, params: { type: 'Unit', key: unitId } });
  return existing({ faults: tx.faults, units }, unit, { day: decidedOn, path });
}

async function bonusFor(
  { models, options }: Tx<Models>,
  rule: FormRuleRecord | null,
  decidedOn: string,
): Promise<AwardRecord['bonus']> {
  const salaries = await models.salaries.find({}, {}, options).sort({ _id: 1 }).lean<BaseSalaryRecord[]>();
  return rule && bonusOf(rule, salaries, decidedOn);
}

interface Decision {
  readonly awardId: string;
  readonly decidedOn: string;
  readonly decision: StoredDocument;
  readonly place: Place;
}

const awardOf = (
  dossier: AwardDossierRecord,
  { awardId, decidedOn, decision, place }: Decision,
): Omit<AwardRecord, 'seq' | 'bonus' | 'version' | 'createdAt' | 'updatedAt'> => {
  const { form, kind, stateLevel, campaignId, recipientKind, recipientKey, recipient } = dossier;
  return {
    _id: awardId,
    verifyCode: verifyCodeOf(randomBytes(CODE_BYTES)),
    ...{ form, kind, stateLevel, campaignId, recipientKind, recipientKey, recipient },
    ...factPlace(place),
    regime: dossier.regime,
    decision,
    decidedBy: dossier.decidedBy,
    eventOn: decidedOn,
    conferredOn: null,
    posthumous: false,
    status: 'DECIDED',
    revocation: null,
    dossierId: dossier._id,
    achievementKeys: dossier.achievements.map(({ key }) => key),
    achievementLocks: achievementLocksOf(dossier),
    activityIds: [...new Set(dossier.achievements.flatMap(({ activityIds }) => activityIds))],
    source: null,
    synthetic: false,
  };
};
