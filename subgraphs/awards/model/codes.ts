/** The codes that the awards' rules branch on; each is an enum of the graph. */

export const regimes = ['L2003', 'L2022', 'L2022A'] as const;
export type Regime = (typeof regimes)[number];

export const dossierStates = [
  'DRAFT',
  'SUBMITTED',
  'UNIT_REVIEWED',
  'APPRAISED',
  'COUNCIL_VOTED',
  'PUBLIC_NOTICE',
  'FORWARDED',
  'DECIDED',
  'CONFERRED',
  'RETURNED',
  'REJECTED',
  'WITHDRAWN',
  'REVOKED',
] as const;
export type DossierState = (typeof dossierStates)[number];

/** States in which a dossier still waits for something before its decision. */
export const openStates = [
  'DRAFT',
  'SUBMITTED',
  'UNIT_REVIEWED',
  'APPRAISED',
  'COUNCIL_VOTED',
  'PUBLIC_NOTICE',
  'FORWARDED',
  'RETURNED',
] as const satisfies readonly DossierState[];

export const dossierActions = [
  'SUBMIT',
  'REVIEW',
  'APPRAISE',
  'VOTE',
  'OPEN_NOTICE',
  'FORWARD',
  'DECIDE',
  'CONFER',
  'RETURN',
  'REJECT',
  'WITHDRAW',
  'REVOKE',
] as const;
export type DossierAction = (typeof dossierActions)[number];

export const commendationKinds = [
  'MERIT',
  'SUDDEN',
  'MOVEMENT',
  'CONTRIBUTION',
  'SENIORITY',
  'FOREIGN',
] as const;
export type CommendationKind = (typeof commendationKinds)[number];

export const awardStatuses = ['DECIDED', 'CONFERRED', 'REVOKED'] as const;
export type AwardStatus = (typeof awardStatuses)[number];

export type ActorRole = 'OFFICER' | 'COMMANDER' | 'MINISTRY';
export type PaperConfirmation = 'DIRECT_SUPERIOR' | 'SUBMITTING_LEVEL';
export type RecipientKind = 'COLLECTIVE' | 'INDIVIDUAL';
