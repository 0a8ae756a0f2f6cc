import { advance } from '../../records/command/machine.ts';
import { requireRole } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Tx } from '../../records/command/transaction.ts';
import type { HouseStatus } from '../model/house.ts';
import type { Models } from '../model/models.ts';
import { authorsWith } from '../rules/authors.ts';
import { dayProblem } from '../rules/deliveryDay.ts';
import { activityMachine } from '../rules/machines.ts';
import { invalid } from '../rules/problem.ts';
import { activities } from './aggregates.ts';
import { type CompleteActivity, completeActivityInput } from './deliveryInputs.ts';
import { type Ground, takeGround } from './ground.ts';

/** Says that all help of an activity is handed over; its house too, where it builds one. */
export const completeActivity: Command<Models, CompleteActivity, { readonly id: string }> = {
  name: 'completeActivity',
  input: completeActivityInput,
  may: (viewer) => requireRole(viewer, 'OFFICER', 'COMMANDER'),
  run: async (tx, input) => {
    const ground = await takeGround(tx, input);
    const { activity } = ground;
    const status = advance(tx.faults, activityMachine, 'completeActivity', activity.status);
    checkHouse(tx, ground);
    const endsOn = lastDay(tx, input, ground);
    tx.faults.check();
    const authors = authorsWith(activity, tx.viewer.subject);
    await tx.update(activities, activity, { status, endsOn, authors });
    return { id: activity._id };
  },
};

const settled: readonly HouseStatus[] = ['HANDED_OVER', 'CANCELLED'];

function checkHouse(tx: Tx<Models>, { activity: { house } }: Ground): void {
  if (!house || settled.includes(house.status)) return;
  tx.faults.add('INVALID_STATE', {
    params: { action: 'completeActivity', state: house.status, allowed: settled.join(', ') },
  });
}

/** The last day is the one given, else the one planned; with it the activity ends, so that it cannot lie ahead. */
function lastDay(tx: Tx<Models>, input: CompleteActivity, { activity, days }: Ground): string | null {
  const endsOn = input.endsOn ?? activity.endsOn;
  const path = ['input', 'endsOn'];
  if (endsOn === null) {
    tx.faults.add(
      ...invalid(path, 'Cần ngày kết thúc của hoạt động.', 'The last day of the activity is needed.'),
    );
    return null;
  }
  const problem = dayProblem(endsOn, days, path);
  if (problem) tx.faults.add(...problem);
  return endsOn;
}
