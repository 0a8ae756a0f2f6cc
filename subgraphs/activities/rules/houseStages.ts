import type { ActivityStatus } from '../model/activity.ts';
import type { HouseRow, HouseStatus } from '../model/house.ts';
import type { HouseStage } from './machines.ts';
import { invalid, type Problem } from './problem.ts';

/** What is said of a stage when a house reaches it. */
export interface Reaching {
  readonly to: HouseStage;
  readonly on: string;
  readonly dueOn: string | null;
  readonly cost: number | null;
  readonly reason: string | null;
}

const dayFields = {
  SURVEYED: 'surveyedOn',
  APPROVED: 'approvedOn',
  STARTED: 'startedOn',
  COMPLETED: 'completedOn',
  HANDED_OVER: 'handedOverOn',
  CANCELLED: 'cancelledOn',
} as const satisfies Readonly<Record<HouseStatus, keyof HouseRow>>;

/** Money is fixed when a house is approved, and accounted for when it stands. */
const costStages: readonly HouseStage[] = ['APPROVED', 'COMPLETED'];

/** Stages that are claimed on evidence: the house stands, the household has it. */
const provenStages: readonly HouseStage[] = ['COMPLETED', 'HANDED_OVER'];

export const needsEvidence = (to: HouseStage): boolean => provenStages.includes(to);

/** Gives what is wrong with the days of a stage: they follow each other, and none but the due day lies in the future. */
export function houseDayProblems(house: HouseRow, { to, on, dueOn }: Reaching, today: string): Problem[] {
  const order = (field: string, earlier: string, later: string): Problem => [
    'HOUSE_DATE_ORDER',
    { path: ['input', field], params: { earlier, later } },
  ];
  const before = house[dayFields[house.status]];
  return [
    ...(before !== null && on < before ? [order('on', house.status, to)] : []),
    ...(on > today ? [order('on', to, 'TODAY')] : []),
    ...(dueOn !== null && dueOn < on ? [order('dueOn', to, 'DUE')] : []),
  ];
}

/** Gives what a stage needs and was not told, and what does not belong to it. */
export function stageInputProblems({ to, dueOn, cost, reason }: Reaching): Problem[] {
  return [
    ...together('dueOn', dueOn, to === 'APPROVED' ? 'NEEDED' : 'FOREIGN', to),
    ...together('reason', reason, to === 'CANCELLED' ? 'NEEDED' : 'FOREIGN', to),
    ...together('cost', cost, costStages.includes(to) ? 'ALLOWED' : 'FOREIGN', to),
    ...(cost !== null && cost < 0 ? [['AMOUNT_NEGATIVE', { path: ['input', 'cost'] }] as Problem] : []),
  ];
}

function together(
  field: string,
  value: string | number | null,
  belongs: 'NEEDED' | 'ALLOWED' | 'FOREIGN',
  to: HouseStage,
): Problem[] {
  const path = ['input', field];
  if (belongs === 'NEEDED' && value === null)
    return [invalid(path, `Bước ${to} cần có ${field}.`, `${to} needs ${field}.`)];
  if (belongs === 'FOREIGN' && value !== null)
    return [invalid(path, `Bước ${to} không có ${field}.`, `${field} does not go with ${to}.`)];
  return [];
}

type Change = Partial<Pick<HouseRow, 'status' | 'dueOn' | 'cost' | (typeof dayFields)[HouseStage]>>;

/** Gives what a stage changes of a house. */
export const houseChange = ({ to, on, dueOn, cost }: Omit<Reaching, 'reason'>): Change => ({
  status: to,
  [dayFields[to]]: on,
  ...(dueOn === null ? {} : { dueOn }),
  ...(cost === null ? {} : { cost }),
});

/** Gives the mark that an activity keeps of its house. */
export const markOf = ({ _id, status, dueOn, completedOn, cancelledOn }: HouseRow) => ({
  id: _id,
  status,
  dueOn,
  completedOn,
  cancelledOn,
});

/** Statuses in which an activity's house may be worked on. */
export const buildingStatuses: readonly ActivityStatus[] = ['APPROVED', 'IN_PROGRESS'];

/**
 * Gives the status of an activity whose house reaches a stage; null where it does not allow that. The activity is approved
 * before its house, is under way when the house is started, and is called off with it, unless help was handed over.
 */
export function activityStatusAt(
  to: HouseStage,
  { status, deliveries, amount }: { status: ActivityStatus; deliveries: number; amount: number },
): ActivityStatus | null {
  if (to === 'CANCELLED') return deliveries > 0 || amount > 0 ? status : 'CANCELLED';
  if (!buildingStatuses.includes(status)) return null;
  return to === 'STARTED' ? 'IN_PROGRESS' : status;
}
