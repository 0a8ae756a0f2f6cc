import type { Machine } from '../../records/command/machine.ts';
import type { ActivityStatus } from '../model/activity.ts';
import type { HouseStatus } from '../model/house.ts';

export type ActivityAction =
  | 'updateActivityPlan'
  | 'approveActivity'
  | 'recordDelivery'
  | 'completeActivity'
  | 'verifyActivity'
  | 'cancelActivity';

/** The states of an activity (DOMAIN §5.6). What was handed over cannot be called off any more. */
export const activityMachine: Machine<ActivityStatus, ActivityAction> = {
  updateActivityPlan: { from: ['PLANNED'], to: 'PLANNED' },
  approveActivity: { from: ['PLANNED'], to: 'APPROVED' },
  recordDelivery: { from: ['APPROVED', 'IN_PROGRESS'], to: 'IN_PROGRESS' },
  completeActivity: { from: ['IN_PROGRESS'], to: 'DELIVERED' },
  verifyActivity: { from: ['DELIVERED'], to: 'VERIFIED' },
  cancelActivity: { from: ['PLANNED', 'APPROVED'], to: 'CANCELLED' },
};

/** Statuses in which evidence is added: what was verified was verified on what there was. */
export const evidenceStatuses: readonly ActivityStatus[] = [
  'PLANNED',
  'APPROVED',
  'IN_PROGRESS',
  'DELIVERED',
];

/** A stage that a house reaches; it begins as surveyed. */
export type HouseStage = Exclude<HouseStatus, 'SURVEYED'>;

/** A house goes one stage at a time; until it stands it can be called off. */
export const houseMachine: Machine<HouseStatus, HouseStage> = {
  APPROVED: { from: ['SURVEYED'], to: 'APPROVED' },
  STARTED: { from: ['APPROVED'], to: 'STARTED' },
  COMPLETED: { from: ['STARTED'], to: 'COMPLETED' },
  HANDED_OVER: { from: ['COMPLETED'], to: 'HANDED_OVER' },
  CANCELLED: { from: ['SURVEYED', 'APPROVED', 'STARTED'], to: 'CANCELLED' },
};
