import { z } from 'zod';
import { onExisting, text } from '../../records/command/inputs.ts';
import { advance } from '../../records/command/machine.ts';
import { requireRole, requireSubtree } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Tx } from '../../records/command/transaction.ts';
import type { ActivityRow } from '../model/activity.ts';
import type { Models } from '../model/models.ts';
import { isAuthor } from '../rules/authors.ts';
import { houseChange, markOf } from '../rules/houseStages.ts';
import { activityMachine, houseMachine } from '../rules/machines.ts';
import { campaignProblem } from '../rules/openCampaign.ts';
import { activities, houses } from './aggregates.ts';
import { groundOf } from './readCopies.ts';

/** What commanders decide of the activities in their part of the tree: approved, verified, called off. */

const which = z.object({ ...onExisting });
type Which = z.infer<typeof which>;
const whichAndWhy = z.object({ ...onExisting, reason: text(2_000) });

type Judgement<Input extends Which> = Command<Models, Input, { readonly id: string }>;

const take = (tx: Tx<Models>, input: Which): Promise<ActivityRow> =>
  tx.take(activities, input, ({ scopePath }) => requireSubtree(tx.viewer, scopePath));

/** Approves a plan while its campaign's books are open. */
export const approveActivity: Judgement<Which> = {
  name: 'approveActivity',
  input: which,
  may: (viewer) => requireRole(viewer, 'COMMANDER'),
  run: async (tx, input) => {
    const activity = await take(tx, input);
    const status = advance(tx.faults, activityMachine, 'approveActivity', activity.status);
    const { campaign } = await groundOf(tx, activity);
    const problem = campaignProblem(campaign, []);
    if (problem) tx.faults.add(...problem);
    tx.faults.check();
    await tx.update(activities, activity, { status });
    return { id: activity._id };
  },
};

/** Confirms what was delivered. Refuses with VERIFIER_IS_AUTHOR, EVIDENCE_REQUIRED. */
export const verifyActivity: Judgement<Which> = {
  name: 'verifyActivity',
  input: which,
  may: (viewer) => requireRole(viewer, 'COMMANDER'),
  run: async (tx, input) => {
    const activity = await take(tx, input);
    const status = advance(tx.faults, activityMachine, 'verifyActivity', activity.status);
    if (isAuthor(activity, tx.viewer.subject)) tx.faults.add('VERIFIER_IS_AUTHOR');
    if (activity.evidence.length === 0) tx.faults.add('EVIDENCE_REQUIRED');
    tx.faults.check();
    await tx.update(activities, activity, { status });
    return { id: activity._id };
  },
};

/** Calls off what is planned or approved, with its house, for a reason that the audit keeps. */
export const cancelActivity: Judgement<z.infer<typeof whichAndWhy>> = {
  name: 'cancelActivity',
  input: whichAndWhy,
  may: (viewer) => requireRole(viewer, 'COMMANDER'),
  run: async (tx, { reason, ...input }) => {
    const activity = await take(tx, input);
    const status = advance(tx.faults, activityMachine, 'cancelActivity', activity.status);
    tx.because(reason);
    await tx.update(activities, activity, { status, house: await cancelHouse(tx, activity) });
    return { id: activity._id };
  },
};

/** Calls the house off today, unless it was before. Refuses with INVALID_STATE for one that stands. */
async function cancelHouse(tx: Tx<Models>, { house: mark }: ActivityRow): Promise<ActivityRow['house']> {
  if (!mark || mark.status === 'CANCELLED') return mark;
  const house = await tx.get(houses, mark.id);
  advance(tx.faults, houseMachine, 'CANCELLED', house.status);
  const change = houseChange({ to: 'CANCELLED', on: tx.today, dueOn: null, cost: null });
  return markOf(await tx.update(houses, house, change));
}
