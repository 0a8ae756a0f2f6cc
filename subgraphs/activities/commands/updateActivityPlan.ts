import { advance } from '../../records/command/machine.ts';
import { requireOwnUnit, requireRole } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Tx } from '../../records/command/transaction.ts';
import type { ActivityRow } from '../model/activity.ts';
import { derivedOf } from '../model/derived.ts';
import type { Models } from '../model/models.ts';
import { authorsWith } from '../rules/authors.ts';
import { activityMachine } from '../rules/machines.ts';
import { campaignProblem } from '../rules/openCampaign.ts';
import { activities, houses } from './aggregates.ts';
import { type Plan, type UpdateActivityPlan, updateActivityPlanInput } from './planInput.ts';
import { groundOf } from './readCopies.ts';
import { settlePlan } from './settlePlan.ts';

/** Replaces the plan of an activity that is not approved yet; its surveyed house follows. Refuses what planActivity refuses. */
export const updateActivityPlan: Command<Models, UpdateActivityPlan, { readonly id: string }> = {
  name: 'updateActivityPlan',
  input: updateActivityPlanInput,
  may: (viewer) => requireRole(viewer, 'OFFICER'),
  run: async (tx, { plan, ...which }) => {
    const activity = await tx.take(activities, which, ({ scopePath }) =>
      requireOwnUnit(tx.viewer, scopePath),
    );
    const status = advance(tx.faults, activityMachine, 'updateActivityPlan', activity.status);
    const { campaign, unit } = await groundOf(tx, activity);
    const problem = campaignProblem(campaign, []);
    if (problem) tx.faults.add(...problem);
    const planned = await settlePlan(tx, { campaign, unit, kind: activity.kind }, plan);
    const next = await tx.update(activities, activity, {
      status,
      ...planned,
      ...derivedOf({ ...planned, code: activity.code, unitCode: unit.code }),
      authors: authorsWith(activity, tx.viewer.subject),
    });
    await updateHouse(tx, next, plan);
    return { id: activity._id };
  },
};

/** The house of a planned activity is surveyed and no further, so that its mark on the activity stays as it is. */
async function updateHouse(tx: Tx<Models>, activity: ActivityRow, { house: survey }: Plan): Promise<void> {
  if (!activity.house || !survey) return;
  const { pathAtEvent, levelAtEvent, provinceAtEvent, regionAtEvent, area, plannedAmount } = activity;
  const house = await tx.get(houses, activity.house.id);
  await tx.update(houses, house, {
    ...{ pathAtEvent, levelAtEvent, provinceAtEvent, regionAtEvent, area },
    surveyedOn: survey.surveyedOn,
    cost: survey.cost ?? plannedAmount,
  });
}
