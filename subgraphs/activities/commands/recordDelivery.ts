import { advance } from '../../records/command/machine.ts';
import { requireRole } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Tx } from '../../records/command/transaction.ts';
import type { Models } from '../model/models.ts';
import type { PersonalData } from '../personal/personalData.ts';
import { authorsWith } from '../rules/authors.ts';
import { moneyAfter, moneyProblems, totalProblems } from '../rules/deliveredMoney.ts';
import { addedPeople, groupProblems, peopleAfter, peopleProblems } from '../rules/deliveredPeople.ts';
import { dayProblem } from '../rules/deliveryDay.ts';
import { activityMachine } from '../rules/machines.ts';
import { unknownCode } from '../rules/person.ts';
import { invalid, type Problem } from '../rules/problem.ts';
import { activities } from './aggregates.ts';
import { type RecordDelivery, recordDeliveryInput } from './deliveryInputs.ts';
import { type Ground, takeGround } from './ground.ts';
import { checkAcknowledger, type Listing, listPeople } from './listPeople.ts';
import { printedPerson } from './printedInput.ts';
import { writePeople } from './writePeople.ts';

/**
 * Adds what was handed over to an activity: counts, money, things, and for houses and cash the households one by one.
 * A batch applies as a whole or not at all, and each fault says which row it is about.
 */
export const recordDelivery = (
  personal: PersonalData,
): Command<Models, RecordDelivery, { readonly id: string }> => ({
  name: 'recordDelivery',
  input: recordDeliveryInput,
  may: (viewer) => requireRole(viewer, 'OFFICER', 'COMMANDER'),
  fingerprint: ({ people, ...rest }) => ({
    ...rest,
    people: people.map((person) => printedPerson(person, personal)),
  }),
  run: async (tx, input) => {
    checkAcknowledger(tx, input);
    const ground = await takeGround(tx, input);
    const { activity } = ground;
    const status = advance(tx.faults, activityMachine, 'recordDelivery', activity.status);
    const listing = await listPeople(tx, personal, ground, entriesOf(input));
    const totals = totalsAfter(tx, input, ground, listing);
    tx.faults.check();
    await writePeople(tx, ground, listing.rows);
    await tx.update(activities, activity, {
      status,
      ...totals,
      authors: authorsWith(activity, tx.viewer.subject),
    });
    return { id: activity._id };
  },
});

const entriesOf = ({ people, deliveredOn }: RecordDelivery) =>
  people.map((person, index) => ({
    person,
    deliveredOn: person.deliveredOn ?? deliveredOn,
    path: ['input', 'people', index],
  }));

/** Checks what is added, and gives what the activity holds with it. */
function totalsAfter(tx: Tx<Models>, input: RecordDelivery, ground: Ground, { households }: Listing) {
  const { activity, days } = ground;
  const added = addedPeople(input, households);
  const counts = peopleAfter(activity, added);
  const money = moneyAfter(activity, input);
  const day = dayProblem(input.deliveredOn, days, ['input', 'deliveredOn']);
  const problems = [
    ...(day ? [day] : []),
    ...unknownCodes(input, ground),
    ...peopleProblems(added, households),
    ...groupProblems(counts),
    ...moneyProblems(input),
    ...totalProblems(money),
    ...(added.deliveries === 0 && input.amount === 0 && input.inKind.length === 0 ? [nothing] : []),
  ];
  for (const problem of problems) tx.faults.add(...problem);
  return { ...counts, ...money };
}

const nothing = invalid(
  ['input'],
  'Chưa có gì để ghi: không có lượt trao, số tiền hay hiện vật nào.',
  'There is nothing to record: no hand-over, no money and nothing in kind.',
);

/** The catalogues say which groups and sources there are. */
function unknownCodes({ groups, funding }: RecordDelivery, ground: Ground): Problem[] {
  const known = (entries: readonly { readonly code: string }[]) => new Set(entries.map(({ code }) => code));
  const [knownGroups, knownSources] = [known(ground.groups), known(ground.sources)];
  return [
    ...(groups ?? []).flatMap(({ group }, index) =>
      knownGroups.has(group) ? [] : [unknownCode(['input', 'groups', index, 'group'], group)],
    ),
    ...funding.flatMap(({ source }, index) =>
      knownSources.has(source) ? [] : [unknownCode(['input', 'funding', index, 'source'], source)],
    ),
  ];
}
