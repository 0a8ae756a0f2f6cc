import type { Role, Viewer } from '../../../server/viewer.ts';
import { stateAfter } from '../../records/command/machine.ts';
import { isWithin } from '../../records/subtree.ts';
import { outcomes } from '../codes.ts';
import type { ActivityRow, ActivityStatus } from '../model/activity.ts';
import type { ActivityActionHintRecord, ActivityActionObstacleRecord } from '../model/payloads.ts';
import { isAuthor } from './authors.ts';
import { type ActivityAction, activityMachine, evidenceStatuses } from './machines.ts';

type Hint = ActivityActionHintRecord['action'];

/** Who may take a step, and where: in the very unit, or anywhere under the viewer's own (DOMAIN §5.9). */
interface Step {
  readonly action: Hint;
  readonly mutation: ActivityAction | 'addEvidence';
  readonly roles: readonly Role[];
  readonly at: 'UNIT' | 'SUBTREE';
}

const steps: readonly Step[] = [
  { action: 'UPDATE_PLAN', mutation: 'updateActivityPlan', roles: ['OFFICER'], at: 'UNIT' },
  { action: 'APPROVE', mutation: 'approveActivity', roles: ['COMMANDER'], at: 'SUBTREE' },
  { action: 'RECORD_DELIVERY', mutation: 'recordDelivery', roles: ['OFFICER', 'COMMANDER'], at: 'UNIT' },
  { action: 'COMPLETE', mutation: 'completeActivity', roles: ['OFFICER', 'COMMANDER'], at: 'UNIT' },
  { action: 'VERIFY', mutation: 'verifyActivity', roles: ['COMMANDER'], at: 'SUBTREE' },
  { action: 'CANCEL', mutation: 'cancelActivity', roles: ['COMMANDER'], at: 'SUBTREE' },
  { action: 'ADD_EVIDENCE', mutation: 'addEvidence', roles: ['OFFICER'], at: 'UNIT' },
];

/** What the hints are computed from. */
export type Hinted = Pick<ActivityRow, 'status' | 'scopePath' | 'authors' | 'evidence' | 'house'>;

/** Gives every step that the activity's status allows, and for each whether this viewer may take it and why not. */
export const availableActions = (activity: Hinted, viewer: Viewer): ActivityActionHintRecord[] =>
  steps.flatMap((step) => {
    const to = statusAfter(step, activity.status);
    if (to === null) return [];
    const reach = reachObstacles(step, activity, viewer);
    const obstacles = reach.length > 0 ? reach : ruleObstacles(step.action, activity, viewer);
    return [{ action: step.action, to, allowed: obstacles.length === 0, obstacles }];
  });

function statusAfter({ mutation }: Step, status: ActivityStatus): ActivityStatus | null {
  if (mutation !== 'addEvidence') return stateAfter(activityMachine, mutation, status);
  return evidenceStatuses.includes(status) ? status : null;
}

const roleNames: Readonly<Partial<Record<Role, { readonly vi: string; readonly en: string }>>> = {
  OFFICER: { vi: 'cán bộ', en: 'officers' },
  COMMANDER: { vi: 'chỉ huy', en: 'commanders' },
};

function reachObstacles({ roles, at }: Step, { scopePath }: Hinted, { role, unitPath }: Viewer) {
  const obstacles: ActivityActionObstacleRecord[] = [];
  if (!roles.includes(role)) {
    obstacles.push({
      code: 'FORBIDDEN',
      message: {
        vi: `Bước này dành cho ${roles.map((each) => roleNames[each]?.vi).join(' hoặc ')}.`,
        en: `This step is for ${roles.map((each) => roleNames[each]?.en).join(' or ')}.`,
      },
    });
  }
  const isInReach = at === 'UNIT' ? unitPath === scopePath : isWithin(scopePath, unitPath);
  if (!isInReach) obstacles.push(at === 'UNIT' ? notYourUnit : notYourTree);
  return obstacles;
}

const notYourUnit: ActivityActionObstacleRecord = {
  code: 'OUT_OF_SUBTREE',
  message: {
    vi: 'Bước này do chính đơn vị thực hiện; đây không phải đơn vị của bạn.',
    en: 'This is done by the unit itself; it is not yours.',
  },
};

const notYourTree: ActivityActionObstacleRecord = {
  code: 'OUT_OF_SUBTREE',
  message: {
    vi: 'Đơn vị nằm ngoài phạm vi của bạn.',
    en: 'The unit lies outside your part of the unit tree.',
  },
};

const houseNotHandedOver: ActivityActionObstacleRecord = {
  code: 'INVALID_STATE',
  message: { vi: 'Căn nhà chưa được bàn giao.', en: 'The house is not handed over yet.' },
};

function ruleObstacles(action: Hint, activity: Hinted, { subject }: Viewer): ActivityActionObstacleRecord[] {
  if (action === 'COMPLETE') return isHouseOpen(activity) ? [houseNotHandedOver] : [];
  if (action !== 'VERIFY') return [];
  return [
    ...(isAuthor(activity, subject) ? [told('VERIFIER_IS_AUTHOR')] : []),
    ...(activity.evidence.length === 0 ? [told('EVIDENCE_REQUIRED')] : []),
  ];
}

const isHouseOpen = ({ house }: Hinted): boolean =>
  house !== null && house.status !== 'HANDED_OVER' && house.status !== 'CANCELLED';

const told = (code: 'VERIFIER_IS_AUTHOR' | 'EVIDENCE_REQUIRED'): ActivityActionObstacleRecord => ({
  code,
  message: outcomes[code].text(),
});
