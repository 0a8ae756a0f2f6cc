import { z } from 'zod';
import { day, onExisting, optional, text, vnd } from '../../records/command/inputs.ts';
import { advance } from '../../records/command/machine.ts';
import { requireOwnUnit, requireRole, requireSubtree } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Tx } from '../../records/command/transaction.ts';
import type { ActivityRow, ActivityStatus } from '../model/activity.ts';
import type { HouseRow } from '../model/house.ts';
import type { Models } from '../model/models.ts';
import {
  activityStatusAt,
  buildingStatuses,
  houseChange,
  houseDayProblems,
  markOf,
  needsEvidence,
  stageInputProblems,
} from '../rules/houseStages.ts';
import { type HouseStage, houseMachine } from '../rules/machines.ts';
import { activities, houses } from './aggregates.ts';

const advanceHouseInput = z.object({
  ...onExisting,
  to: z.enum(['APPROVED', 'STARTED', 'COMPLETED', 'HANDED_OVER', 'CANCELLED']),
  on: day,
  dueOn: optional(day),
  cost: optional(vnd),
  reason: optional(text(2_000)),
});
type AdvanceHouse = z.infer<typeof advanceHouseInput>;

/** Commanders decide; officers of the unit say how far the work is (DOMAIN §5.9). */
const decisions: readonly HouseStage[] = ['APPROVED', 'CANCELLED'];

/**
 * Takes a house to its next stage, and its activity with it in the same transaction. Refuses with HOUSE_DATE_ORDER,
 * EVIDENCE_REQUIRED, AMOUNT_NEGATIVE, or INVALID_STATE of the house or its activity.
 */
export const advanceHouse: Command<Models, AdvanceHouse, { readonly id: string }> = {
  name: 'advanceHouse',
  input: advanceHouseInput,
  may: (viewer) => requireRole(viewer, 'OFFICER', 'COMMANDER'),
  run: async (tx, input) => {
    const { to } = input;
    requireRole(tx.viewer, decisions.includes(to) ? 'COMMANDER' : 'OFFICER');
    const house = await tx.take(houses, input, (row) => requirePlace(tx, to, row));
    advance(tx.faults, houseMachine, to, house.status);
    const activity = await tx.get(activities, house.activityId);
    const status = statusOf(tx, to, activity);
    const problems = [...stageInputProblems(input), ...houseDayProblems(house, input, tx.today)];
    for (const problem of problems) tx.faults.add(...problem);
    if (needsEvidence(to) && activity.evidence.length === 0) tx.faults.add('EVIDENCE_REQUIRED');
    tx.faults.check();
    if (input.reason !== null) tx.because(input.reason);
    const next = await tx.update(houses, house, houseChange(input));
    await tx.update(activities, activity, { status, house: markOf(next) });
    return { id: house._id };
  },
};

const requirePlace = ({ viewer }: Tx<Models>, to: HouseStage, { scopePath }: HouseRow): void =>
  decisions.includes(to) ? requireSubtree(viewer, scopePath) : requireOwnUnit(viewer, scopePath);

const statusOf = (tx: Tx<Models>, to: HouseStage, activity: ActivityRow): ActivityStatus =>
  activityStatusAt(to, activity) ??
  tx.faults.refuse('INVALID_STATE', {
    path: ['input', 'to'],
    params: { action: `advanceHouse ${to}`, state: activity.status, allowed: buildingStatuses.join(', ') },
  });
