import type { Viewer } from '../../../server/viewer.ts';
import { isWithin } from '../../records/subtree.ts';
import type { ActionHintRecord, ActionObstacleRecord } from '../model/answers.ts';
import type { ActorRole, DossierAction, DossierState } from '../model/codes.ts';
import type { AwardDossierRecord } from '../model/dossiers.ts';
import { eligibilityOf, type Facts, type RuleCode } from './eligibility.ts';

/** One step of the workflow of DOMAIN §2.4: who may take it, where, and which rules must hold. */
interface Step {
  readonly action: DossierAction;
  readonly to: DossierState;
  readonly roles: readonly ActorRole[];
  readonly at: 'PROPOSER' | 'DECIDER';
  readonly needs: readonly RuleCode[];
}

const entry: readonly RuleCode[] = [
  'FORM_NOT_IN_REGIME',
  'FORM_NOT_FOR_RECIPIENT',
  'AUTHORITY_TOO_LOW',
  'PAPER_MISSING',
  'DUPLICATE_PENDING',
];
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

const roleNames: Readonly<Record<ActorRole, { readonly vi: string; readonly en: string }>> = {
  OFFICER: { vi: 'cán bộ của đơn vị đề nghị', en: 'an officer of the proposing unit' },
  COMMANDER: { vi: 'chỉ huy', en: 'a commander' },
  MINISTRY: { vi: 'cơ quan Bộ', en: 'the ministry' },
};

const officer = ['OFFICER'] as const;
const commander = ['COMMANDER'] as const;
const both = ['COMMANDER', 'MINISTRY'] as const;

const step = (
  action: DossierAction,
  to: DossierState,
  roles: readonly ActorRole[],
  needs: readonly RuleCode[] = [],
  at: Step['at'] = 'PROPOSER',
): Step => ({ action, to, roles, needs, at });

const submit = step('SUBMIT', 'SUBMITTED', officer, entry);
const withdraw = step('WITHDRAW', 'WITHDRAWN', officer);
const sendBack = step('RETURN', 'RETURNED', both);
const reject = step('REJECT', 'REJECTED', both);
const forward = step('FORWARD', 'FORWARDED', both, [...voted, 'NOTICE_PERIOD_OPEN']);
const decide = step('DECIDE', 'DECIDED', both, beforeDecision, 'DECIDER');
const revoke = step('REVOKE', 'REVOKED', both, [], 'DECIDER');

const steps: Readonly<Record<DossierState, readonly Step[]>> = {
  DRAFT: [submit, withdraw],
  RETURNED: [submit, withdraw],
  SUBMITTED: [step('REVIEW', 'UNIT_REVIEWED', commander, entry), sendBack, withdraw],
  UNIT_REVIEWED: [step('APPRAISE', 'APPRAISED', both, beforeVote), sendBack, reject],
  APPRAISED: [step('VOTE', 'COUNCIL_VOTED', both, beforeVote), sendBack, reject],
  COUNCIL_VOTED: [step('OPEN_NOTICE', 'PUBLIC_NOTICE', both, voted), forward, decide, sendBack, reject],
  PUBLIC_NOTICE: [forward, decide, sendBack, reject],
  FORWARDED: [step('APPRAISE', 'APPRAISED', both, beforeVote), decide, sendBack, reject],
  DECIDED: [step('CONFER', 'CONFERRED', both, [], 'DECIDER'), revoke],
  CONFERRED: [revoke],
  REJECTED: [],
  WITHDRAWN: [],
  REVOKED: [],
};

/** Gives every step that the dossier's state allows, and for each whether this viewer may take it and why not. */
export const availableActions = (
  dossier: AwardDossierRecord,
  facts: Facts,
  viewer: Viewer,
): ActionHintRecord[] =>
  steps[dossier.state]
    .filter((candidate) => isOffered(candidate, dossier, facts))
    .map((candidate) => {
      const obstacles = [
        ...roleObstacles(candidate, dossier, viewer),
        ...placeObstacles(candidate, dossier, viewer),
        ...ruleObstacles(candidate, dossier, facts),
      ];
      return { action: candidate.action, to: candidate.to, allowed: obstacles.length === 0, obstacles };
    });

/** A notice is opened once and only where the form has one; a unit's head has nobody to send a dossier up to. */
function isOffered({ action }: Step, dossier: AwardDossierRecord, { rule }: Facts): boolean {
  if (action === 'OPEN_NOTICE') return rule?.noticeDays != null && dossier.notice === null;
  if (action === 'FORWARD') return dossier.decidedBy !== 'UNIT_HEAD';
  return true;
}

/** Who decides follows the form's authority: a unit's head, or the ministry with the scope `award:decide`. */
const rolesOf = (candidate: Step, dossier: AwardDossierRecord): readonly ActorRole[] => {
  if (candidate.at === 'PROPOSER') return candidate.roles;
  return dossier.decidedBy === 'UNIT_HEAD' ? commander : ['MINISTRY'];
};

function roleObstacles(candidate: Step, dossier: AwardDossierRecord, viewer: Viewer): ActionObstacleRecord[] {
  const roles = rolesOf(candidate, dossier);
  if (!(roles as readonly string[]).includes(viewer.role)) {
    return [
      {
        code: 'FORBIDDEN',
        message: {
          vi: `Bước này dành cho ${roles.map((role) => roleNames[role].vi).join(' hoặc ')}.`,
          en: `This step is for ${roles.map((role) => roleNames[role].en).join(' or ')}.`,
        },
      },
    ];
  }
  if (candidate.at === 'PROPOSER' || viewer.role !== 'MINISTRY' || viewer.scopes.includes('award:decide'))
    return [];
  return [
    {
      code: 'FORBIDDEN',
      message: { vi: 'Cần quyền award:decide.', en: 'This step needs the scope award:decide.' },
    },
  ];
}

function placeObstacles(
  candidate: Step,
  dossier: AwardDossierRecord,
  viewer: Viewer,
): ActionObstacleRecord[] {
  const path = candidate.at === 'PROPOSER' ? dossier.proposerPath : dossier.decidingPath;
  if (isWithin(path, viewer.unitPath)) return [];
  return [
    {
      code: 'OUT_OF_SUBTREE',
      message: {
        vi: 'Bước này thuộc đơn vị ngoài phạm vi quản lý của bạn.',
        en: 'This step belongs to a unit outside your subtree.',
      },
    },
  ];
}

function ruleObstacles(candidate: Step, dossier: AwardDossierRecord, facts: Facts): ActionObstacleRecord[] {
  if (candidate.needs.length === 0) return [];
  return eligibilityOf(dossier, facts, candidate.to)
    .filter(
      ({ code, outcome }) =>
        candidate.needs.includes(code) && outcome !== 'PASSED' && outcome !== 'NOT_APPLICABLE',
    )
    .map(({ code, explanation }) => ({ code, message: explanation }));
}
