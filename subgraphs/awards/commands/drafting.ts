import { requireOwnUnit, requireSubtree } from '../../records/command/reach.ts';
import type { Tx } from '../../records/command/transaction.ts';
import { randomId } from '../../records/ids.ts';
import type { AwardDossierRecord } from '../model/dossiers.ts';
import type { StoredRecipient } from '../model/facts.ts';
import type { Models } from '../model/models.ts';
import { formInRegime } from '../rules/formalities.ts';
import { addInvalid, addObstacles, addUnknown, checkDay, type Path } from './checks.ts';
import { type Ground, proposerOf, recipientUnitOf } from './ground.ts';
import type { Content } from './inputs.ts';
import { checkTwice, storedPapers } from './papers.ts';
import { existing, placingOf } from './placing.ts';
import type { Place } from './units.ts';

/** What the content of a dossier becomes: everything but its life. */
export type Draft = Omit<
  AwardDossierRecord,
  | '_id'
  | 'seq'
  | 'number'
  | 'state'
  | 'stateSince'
  | 'daysToState'
  | 'receivedOn'
  | 'history'
  | 'vote'
  | 'notice'
  | 'conduct'
  | 'awardId'
  | 'authors'
  | 'pendingKey'
  | 'synthetic'
  | 'createdAt'
  | 'updatedAt'
  | 'version'
>;

/** From its publishing on, and after its end, a campaign's merits are commended. */
const commendable: readonly string[] = ['PUBLISHED', 'ACTIVE', 'CLOSED', 'SUMMARISED'];

/**
 * Makes a draft of a content, by the law and the tree of a day. Throws OUT_OF_SUBTREE unless the viewer's own unit
 * proposes, for itself or under it. Notes what is wrong, and gives null when there is no draft to speak of.
 */
export function draftOf(
  tx: Tx<Models>,
  ground: Ground,
  content: Content,
  { day, path }: { readonly day: string; readonly path: Path },
): Draft | null {
  const { faults } = tx;
  const { law } = ground;
  const proposer = placeOf(tx, ground, { code: proposerOf(tx, content), day, path: [...path, 'proposer'] });
  if (proposer) requireOwnUnit(tx.viewer, proposer.scopePath);
  const at = placeOf(tx, ground, { code: recipientUnitOf(content), day, path: [...path, 'recipient'] });
  if (at) requireSubtree(tx.viewer, at.scopePath);
  const earliest = law.regimes.map(({ from }) => from).toSorted()[0] ?? null;
  checkDay(faults, [...path, 'judgedOn'], day, { earliest, latest: tx.today });
  const campaignId = campaignOf(tx, ground, content, path);
  checkAchievements(tx, content, { day, path });
  const papers = storedPapers(faults, law, content.papers, [...path, 'papers']);
  const judged = judgedBy(tx, ground, content, { day, path });
  if (!judged || !proposer || !at) return null;
  const { recipient, recipientKey } = recipientOf(content, at);
  const { decidedBy, minLevel, regime, stateLevel } = judged;
  const placing = placingOf(faults, ground.units, {
    ...{ day, proposer, at, decidedBy, minLevel, path },
    recipientKind: recipient.kind,
    decidingUnit: content.decidingUnit,
  });
  if (!placing) return null;
  return {
    form: content.form,
    kind: content.kind,
    ...{ stateLevel, campaignId, recipientKey, recipient, regime, decidedBy, papers },
    recipientKind: recipient.kind,
    judgedOn: day,
    ...placing,
    achievements: content.achievements.map(({ activities, ...rest }) => ({
      id: randomId('ach'),
      ...rest,
      activityIds: [...new Set(activities)],
    })),
  };
}

function placeOf(
  { faults }: Tx<Models>,
  { units }: Ground,
  { code, day, path }: { readonly code: string; readonly day: string; readonly path: Path },
): Place | null {
  const unit = units.byCode.get(code);
  if (unit) return existing({ faults, units }, unit, { day, path });
  addUnknown(faults, path, 'Unit', code);
  return null;
}

function campaignOf(
  { faults }: Tx<Models>,
  { campaigns }: Ground,
  { campaign }: Content,
  path: Path,
): string | null {
  if (campaign === null) return null;
  const found = campaigns.get(campaign);
  if (!found) addUnknown(faults, [...path, 'campaign'], 'Campaign', campaign);
  else if (!commendable.includes(found.status)) {
    addInvalid(
      faults,
      [...path, 'campaign'],
      `Phong trào ${campaign} chưa được phát động (${found.status}).`,
      `The campaign ${campaign} has not been published (${found.status}).`,
    );
  }
  return found?._id ?? null;
}

/** Nobody is commended for what is still to be done, nor twice in one dossier for the same. */
function checkAchievements(
  { faults }: Tx<Models>,
  { achievements }: Content,
  { day, path }: { readonly day: string; readonly path: Path },
): void {
  const at = [...path, 'achievements'];
  checkTwice(
    faults,
    achievements.map(({ key }) => key),
    { path: at, what: (key) => key },
  );
  achievements.forEach(({ from }, index) => {
    checkDay(faults, [...at, index, 'from'], from, { earliest: null, latest: day });
  });
}

/** What the law of the day says of the form; null when either is not known. */
function judgedBy(
  { faults }: Tx<Models>,
  { law }: Ground,
  { form: code, decidedBy }: Content,
  { day, path }: { readonly day: string; readonly path: Path },
) {
  const form = law.forms.get(code);
  if (!form) addUnknown(faults, [...path, 'form'], 'AwardForm', code);
  if (decidedBy !== null && !law.authorities.has(decidedBy)) {
    addUnknown(faults, [...path, 'decidedBy'], 'DecidingAuthority', decidedBy);
    return null;
  }
  if (!form || law.regimes.every(({ from }) => day < from)) return null;
  const regime = law.regimeOn(day);
  const rule = law.rule(code, regime, day);
  if (!rule) {
    const { explanation } = formInRegime({ regime } as AwardDossierRecord, { rule } as never, 'DRAFT');
    addObstacles(faults, [{ code: 'FORM_NOT_IN_REGIME', message: explanation }], [...path, 'form']);
    return null;
  }
  const { minLevel } = rule;
  return { regime, minLevel, decidedBy: decidedBy ?? rule.decidedBy, stateLevel: form.stateLevel };
}

/** `U:<unit>` or `P:<person>`: by it the same recipient is found again. The name is that of the day of the decision. */
function recipientOf(
  { recipient: { person } }: Content,
  { unitId }: Place,
): { readonly recipient: StoredRecipient; readonly recipientKey: string } {
  const shared = { unitId, nameAtDecision: null };
  if (!person) return { recipient: { kind: 'COLLECTIVE', ...shared }, recipientKey: `U:${unitId}` };
  const { ref, displayName, rank, consented } = person;
  return {
    recipient: { kind: 'INDIVIDUAL', ...shared, ref, displayName, rank, consented },
    recipientKey: `P:${ref}`,
  };
}
