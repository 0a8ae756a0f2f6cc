import type { Machine, Step } from '../../records/command/machine.ts';
import { type ActorRole, type DossierAction, type DossierState, dossierActions } from '../model/codes.ts';
import type { RuleCode } from './eligibility.ts';

/** One step of the workflow of DOMAIN §2.4: from where to where, who may take it, at whose place, and which rules must hold. */
export interface DossierStep extends Step<DossierState> {
  readonly roles: readonly ActorRole[];
  readonly at: 'PROPOSER' | 'DECIDER';
  readonly needs: readonly RuleCode[];
}

/** What no dossier may be against, not even as a draft. */
export const always: readonly RuleCode[] = [
  'FORM_NOT_IN_REGIME',
  'FORM_NOT_FOR_RECIPIENT',
  'AUTHORITY_TOO_LOW',
  'DUPLICATE_PENDING',
];
const entry: readonly RuleCode[] = [...always, 'PAPER_MISSING'];
const beforeVote: readonly RuleCode[] = [
  ...entry,
  'UNDER_DISCIPLINE',
  'DOUBLE_AWARD_SAME_ACHIEVEMENT',
  'STATE_LEVEL_TWICE_IN_YEAR',
];
const voted: readonly RuleCode[] = [...beforeVote, 'QUORUM_NOT_MET', 'VOTE_BELOW_MARK'];
const beforeDecision: readonly RuleCode[] = [
  ...voted,
  'SELF_DECISION',
  'QUOTA_EXCEEDED',
  'NOTICE_PERIOD_OPEN',
];

const officer = ['OFFICER'] as const;
const commander = ['COMMANDER'] as const;
const both = ['COMMANDER', 'MINISTRY'] as const;

type Pass = readonly [from: readonly DossierState[], to: DossierState];

const step = (
  [from, to]: Pass,
  roles: readonly ActorRole[],
  needs: readonly RuleCode[] = [],
  at: DossierStep['at'] = 'PROPOSER',
): DossierStep => ({ from, to, roles, needs, at });

const underway = ['UNIT_REVIEWED', 'APPRAISED', 'COUNCIL_VOTED', 'PUBLIC_NOTICE', 'FORWARDED'] as const;
const decidable = ['COUNCIL_VOTED', 'PUBLIC_NOTICE', 'FORWARDED'] as const;

/** Every step that there is. What `availableActions` offers and what the mutations do are both read from here. */
export const dossierMachine: Machine<DossierState, DossierAction> &
  Readonly<Record<DossierAction, DossierStep>> = {
  SUBMIT: step([['DRAFT', 'RETURNED'], 'SUBMITTED'], officer, entry),
  REVIEW: step([['SUBMITTED'], 'UNIT_REVIEWED'], commander, entry),
  APPRAISE: step([['UNIT_REVIEWED', 'FORWARDED'], 'APPRAISED'], both, beforeVote),
  VOTE: step([['APPRAISED'], 'COUNCIL_VOTED'], both, beforeVote),
  OPEN_NOTICE: step([['COUNCIL_VOTED'], 'PUBLIC_NOTICE'], both, voted),
  FORWARD: step([['COUNCIL_VOTED', 'PUBLIC_NOTICE'], 'FORWARDED'], both, [...voted, 'NOTICE_PERIOD_OPEN']),
  DECIDE: step([decidable, 'DECIDED'], both, beforeDecision, 'DECIDER'),
  CONFER: step([['DECIDED'], 'CONFERRED'], both, [], 'DECIDER'),
  RETURN: step([['SUBMITTED', ...underway], 'RETURNED'], both),
  REJECT: step([underway, 'REJECTED'], both),
  WITHDRAW: step([['DRAFT', 'RETURNED', 'SUBMITTED'], 'WITHDRAWN'], officer),
  REVOKE: step([['DECIDED', 'CONFERRED'], 'REVOKED'], both, [], 'DECIDER'),
};

/** Gives the actions that a state allows, in the order of a dossier's way. */
export const actionsFrom = (state: DossierState): DossierAction[] =>
  dossierActions.filter((action) => dossierMachine[action].from.includes(state));

/** Where a dossier may be written anew. */
export const editable: readonly DossierState[] = ['DRAFT', 'RETURNED'];
/** Where the personnel office may be asked about the recipient. */
export const askedAbout: readonly DossierState[] = ['SUBMITTED', ...underway];
