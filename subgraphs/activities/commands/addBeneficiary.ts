import { advance } from '../../records/command/machine.ts';
import { requireRole } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Tx } from '../../records/command/transaction.ts';
import type { ActivityRow } from '../model/activity.ts';
import type { Models } from '../model/models.ts';
import type { PersonalData } from '../personal/personalData.ts';
import { authorsWith } from '../rules/authors.ts';
import { listMachine } from '../rules/beneficiaryMachine.ts';
import { addedPeople, groupProblems, peopleAfter } from '../rules/deliveredPeople.ts';
import { invalid } from '../rules/problem.ts';
import { activities } from './aggregates.ts';
import { type AddBeneficiary, addBeneficiaryInput } from './deliveryInputs.ts';
import { takeGround } from './ground.ts';
import { checkAcknowledger, type Listing, listPeople } from './listPeople.ts';
import { printedPerson } from './printedInput.ts';
import { writePeople } from './writePeople.ts';

/**
 * Adds one household to the list of an activity that is under way: one that its counts hold already, or one more, which
 * is counted as a hand-over of its own.
 */
export const addBeneficiary = (
  personal: PersonalData,
): Command<Models, AddBeneficiary, { readonly id: string; readonly activityId: string }> => ({
  name: 'addBeneficiary',
  input: addBeneficiaryInput,
  may: (viewer) => requireRole(viewer, 'OFFICER', 'COMMANDER'),
  fingerprint: ({ person, ...rest }) => ({ ...rest, person: printedPerson(person, personal) }),
  run: async (tx, input) => {
    checkAcknowledger(tx, input);
    const ground = await takeGround(tx, input);
    const { activity } = ground;
    const { person } = input;
    advance(tx.faults, listMachine, 'addBeneficiary', activity.status);
    const entry = { person, deliveredOn: person.deliveredOn, path: ['input', 'person'] };
    const listing = await listPeople(tx, personal, ground, [entry]);
    const counts = await countsAfter(tx, activity, input, listing);
    tx.faults.check();
    const [row] = listing.rows;
    if (!row) throw new Error('A household was neither refused nor listed.');
    await writePeople(tx, ground, [row]);
    await tx.update(activities, activity, { ...counts, authors: authorsWith(activity, tx.viewer.subject) });
    return { id: row._id, activityId: activity._id };
  },
});

/** Checks that there is room for the row, and gives what the activity counts with it. */
async function countsAfter(
  tx: Tx<Models>,
  activity: ActivityRow,
  { alreadyCounted }: AddBeneficiary,
  { households }: Listing,
): Promise<Partial<Pick<ActivityRow, 'people' | 'groups' | 'deliveries'>>> {
  if (!alreadyCounted) {
    const counts = peopleAfter(activity, addedPeople(ofTheList, households));
    for (const problem of groupProblems(counts)) tx.faults.add(...problem);
    return counts;
  }
  const listed = await tx.models.deliveries.countDocuments({ activityId: activity._id }, tx.options);
  if (listed >= activity.deliveries) tx.faults.add(...allListed);
  return {};
}

const ofTheList = { deliveries: null, reached: null, households: null, groups: null };

const allListed = invalid(
  ['input', 'alreadyCounted'],
  'Danh sách đã đủ số lượt trao; hộ này là một lượt trao mới.',
  'The list holds as many households as there were hand-overs; this one is a further one.',
);
