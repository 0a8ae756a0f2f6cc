import { openStates } from '../model/codes.ts';
import type { AwardDossierRecord } from '../model/dossiers.ts';

/**
 * Keys under unique indexes, so that two writers who do not see each other's rows cannot both pass the rules
 * DUPLICATE_PENDING and DOUBLE_AWARD_SAME_ACHIEVEMENT (DOMAIN §2.2, §4).
 */

type Asked = Pick<AwardDossierRecord, 'recipientKey' | 'form' | 'campaignId' | 'state'>;

/** Gives the key of a dossier while it is open: one for a recipient, form and campaign. Null once it is closed. */
export const pendingKeyOf = ({ recipientKey, form, campaignId, state }: Asked): string | null =>
  (openStates as readonly string[]).includes(state) ? [recipientKey, form, campaignId ?? ''].join('|') : null;

/** Whether the law forbids several awards for one achievement; from 1 October 2026 for sudden and thematic ones only. */
export const forbidsDoubleAward = ({ regime, kind }: Pick<AwardDossierRecord, 'regime' | 'kind'>): boolean =>
  regime !== 'L2022A' || kind === 'SUDDEN' || kind === 'MOVEMENT';

type Awarded = Pick<AwardDossierRecord, 'recipientKey' | 'achievements' | 'regime' | 'kind'>;

/** Gives what a standing award holds for its recipient: each achievement, where the law forbids a second award for it. */
export const achievementLocksOf = (dossier: Awarded): string[] =>
  forbidsDoubleAward(dossier)
    ? [...new Set(dossier.achievements.map(({ key }) => `${dossier.recipientKey}|${key}`))]
    : [];
