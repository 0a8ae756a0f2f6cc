import { addDays } from '../../../schema/scalars/period.ts';
import type { HouseRow } from '../../../subgraphs/activities/index.ts';
import { seededId } from '../../../subgraphs/records/ids.ts';
import { randomOf } from '../random.ts';
import { type HouseStage, stageOfHouse } from './draft.ts';

export type HouseDates = Pick<
  HouseRow,
  'surveyedOn' | 'approvedOn' | 'startedOn' | 'dueOn' | 'completedOn' | 'handedOverOn' | 'cancelledOn'
>;

export const codeOfHouse = (number: number): string => `NTN-${String(number + 1).padStart(4, '0')}`;
export const idOfHouse = (number: number): string => seededId('hse', codeOfHouse(number));

const steps: readonly HouseStage[] = ['SURVEYED', 'APPROVED', 'STARTED', 'COMPLETED', 'HANDED_OVER'];

/** Gives the dates of a house up to the stage it has reached; one in three is finished after its due day. */
export function datesOfHouse(
  number: number,
  surveyedOn: string,
): HouseDates & { readonly status: HouseStage } {
  const random = randomOf(`house:${number}`);
  const status = stageOfHouse(number);
  const approved = addDays(surveyedOn, random.int(10, 25));
  const started = addDays(approved, random.int(7, 21));
  const due = addDays(started, random.int(90, 150));
  const completed = addDays(due, random.chance(0.33) ? random.int(1, 25) : -random.int(0, 20));
  const reached = status === 'CANCELLED' ? 1 : steps.indexOf(status);
  const from = (stage: HouseStage, day: string) => (reached >= steps.indexOf(stage) ? day : null);
  return {
    status,
    surveyedOn,
    approvedOn: from('APPROVED', approved),
    startedOn: from('STARTED', started),
    dueOn: from('APPROVED', due),
    completedOn: from('COMPLETED', completed),
    handedOverOn: from('HANDED_OVER', addDays(completed, random.int(3, 12))),
    cancelledOn: status === 'CANCELLED' ? addDays(approved, random.int(5, 30)) : null,
  };
}
