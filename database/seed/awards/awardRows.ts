import { createHash } from 'node:crypto';
import type {
  AwardDossierRecord,
  AwardRecord,
  FormRuleRecord,
  StoredDocument,
} from '../../../subgraphs/awards/index.ts';
import { awardRules } from '../../../subgraphs/awards/index.ts';
import { seededId } from '../../../subgraphs/records/ids.ts';
import { randomOf } from '../random.ts';
import { salaryRows } from './law.ts';
import type { Places } from './places.ts';
import { revocationGrounds } from './terms.ts';

const dayOf = (at: Date): string => new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 10);

const issuers: Readonly<Record<string, readonly [sign: string, issuer: string]>> = {
  PRESIDENT: ['CTN', 'Chủ tịch nước'],
  PRIME_MINISTER: ['TTg', 'Thủ tướng Chính phủ'],
  MINISTER: ['BCA', 'Bộ trưởng Bộ Công an'],
};

/** What one authority decides on one day is one decision; every number says that it is a specimen. */
function decisionOn(dossier: AwardDossierRecord, date: string, places: Places): StoredDocument {
  const unit = dossier.decidingUnitId ? places.on(dossier.decidingUnitId, date) : null;
  const [sign, issuer] = issuers[dossier.decidedBy] ?? [
    unit?.code ?? '',
    unit ? places.nameOn(unit.unitId, date) : '',
  ];
  return {
    number: `${date.replaceAll('-', '')}/QĐ-${sign}-MẪU`,
    date,
    issuer,
    title: 'Quyết định khen thưởng (dữ liệu giả định)',
  };
}

/** Gives the award that came of a decided dossier; `seq` is its place in the order of changes. */
export function awardOf(
  dossier: AwardDossierRecord,
  { places, rule, seq }: { readonly places: Places; readonly rule: FormRuleRecord; readonly seq: number },
): AwardRecord {
  const random = randomOf(`awards:award:${dossier.number}`);
  const stepAt = (to: string): Date | undefined => dossier.history.find((step) => step.to === to)?.at;
  const [decidedAt, conferredAt, revokedAt] = ['DECIDED', 'CONFERRED', 'REVOKED'].map(stepAt);
  const decidedOn = dayOf(decidedAt ?? dossier.createdAt);
  const { form, kind, stateLevel, campaignId, recipientKind, recipientKey, recipient, regime } = dossier;
  const { unitId, levelAtEvent, provinceCode, unitPath, scopePath } = dossier;
  const place = places.on(unitId, decidedOn);
  return {
    _id: seededId('awd', dossier.number),
    seq,
    verifyCode: awardRules.verifyCodeOf(createHash('sha256').update(`verify:${dossier.number}`).digest()),
    ...{ form, kind, stateLevel, campaignId, recipientKind, recipientKey, recipient, regime, unitId },
    levelAtEvent: place?.level ?? levelAtEvent,
    provinceCode: place?.provinceCode ?? provinceCode,
    pathAtEvent: place?.pathAtEvent ?? dossier.pathAtEvent,
    unitPath,
    scopePath,
    decision: decisionOn(dossier, decidedOn, places),
    decidedBy: dossier.decidedBy,
    eventOn: decidedOn,
    conferredOn: conferredAt ? dayOf(conferredAt) : null,
    posthumous: recipientKind === 'INDIVIDUAL' && random.chance(0.005),
    bonus: awardRules.bonusOf(rule, salaryRows, decidedOn),
    status: revokedAt ? 'REVOKED' : conferredAt ? 'CONFERRED' : 'DECIDED',
    revocation: revokedAt
      ? {
          revokedOn: dayOf(revokedAt),
          ground: random.pick(revocationGrounds),
          decision: decisionOn(dossier, dayOf(revokedAt), places),
        }
      : null,
    dossierId: dossier._id,
    achievementKeys: dossier.achievements.map(({ key }) => key),
    achievementLocks: revokedAt ? [] : awardRules.achievementLocksOf(dossier),
    activityIds: dossier.achievements.flatMap(({ activityIds }) => activityIds),
    source: null,
    synthetic: true,
    createdAt: decidedAt ?? dossier.createdAt,
    updatedAt: dossier.updatedAt,
    version: 1 + [conferredAt, revokedAt].filter(Boolean).length,
  };
}
