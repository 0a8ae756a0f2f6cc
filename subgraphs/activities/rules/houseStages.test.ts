import { describe, expect, it } from 'vitest';
import type { HouseRow } from '../model/house.ts';
import {
  activityStatusAt,
  houseChange,
  houseDayProblems,
  needsEvidence,
  stageInputProblems,
} from './houseStages.ts';

const today = '2022-01-15';
const house = (part: Partial<HouseRow>) => part as HouseRow;
const surveyed = house({ status: 'SURVEYED', surveyedOn: '2021-09-01' });
const approved = house({ status: 'APPROVED', surveyedOn: '2021-09-01', approvedOn: '2021-09-10' });
const started = house({ ...approved, status: 'STARTED', startedOn: '2021-10-01' });
const completed = house({ ...started, status: 'COMPLETED', completedOn: '2021-12-20' });
const nothing = { dueOn: null, cost: null, reason: null };

describe('the days of a house', () => {
  it.each([
    ['approved on the day of the survey', surveyed, 'APPROVED', '2021-09-01', '2021-12-31', []],
    [
      'approved before the survey',
      surveyed,
      'APPROVED',
      '2021-08-31',
      '2021-12-31',
      ['on SURVEYED<APPROVED'],
    ],
    ['due before it is approved', surveyed, 'APPROVED', '2021-09-10', '2021-09-09', ['dueOn APPROVED<DUE']],
    ['due in the future', surveyed, 'APPROVED', '2021-09-10', '2022-12-31', []],
    ['started before it is approved', approved, 'STARTED', '2021-09-09', null, ['on APPROVED<STARTED']],
    ['completed before it is started', started, 'COMPLETED', '2021-09-30', null, ['on STARTED<COMPLETED']],
    [
      'handed over before it stands',
      completed,
      'HANDED_OVER',
      '2021-12-19',
      null,
      ['on COMPLETED<HANDED_OVER'],
    ],
    ['handed over today', completed, 'HANDED_OVER', today, null, []],
    ['handed over tomorrow', completed, 'HANDED_OVER', '2022-01-16', null, ['on HANDED_OVER<TODAY']],
    ['called off before it is started', started, 'CANCELLED', '2021-09-30', null, ['on STARTED<CANCELLED']],
  ] as const)('%s', (_, of, to, on, dueOn, found) => {
    const problems = houseDayProblems(of, { ...nothing, to, on, dueOn }, today);
    expect(
      problems.map(([code, { path, params }]) => {
        expect(code).toBe('HOUSE_DATE_ORDER');
        return `${path?.at(-1)} ${params?.earlier}<${params?.later}`;
      }),
    ).toEqual(found);
  });
});

describe('what a stage is told', () => {
  it.each([
    ['APPROVED', { dueOn: '2022-01-01' }, []],
    ['APPROVED', { dueOn: '2022-01-01', cost: 5 }, []],
    ['APPROVED', { dueOn: '2022-01-01', cost: -5 }, ['AMOUNT_NEGATIVE cost']],
    ['APPROVED', {}, ['INPUT_INVALID dueOn']],
    ['STARTED', {}, []],
    ['STARTED', { dueOn: '2022-01-01', cost: 5 }, ['INPUT_INVALID dueOn', 'INPUT_INVALID cost']],
    ['COMPLETED', { cost: 5 }, []],
    ['HANDED_OVER', { cost: 5 }, ['INPUT_INVALID cost']],
    ['CANCELLED', { reason: 'Hộ đã chuyển đi' }, []],
    ['CANCELLED', {}, ['INPUT_INVALID reason']],
    ['STARTED', { reason: 'x' }, ['INPUT_INVALID reason']],
  ] as const)('%s with %j', (to, told, found) => {
    const problems = stageInputProblems({ ...nothing, to, on: today, ...told });
    expect(problems.map(([code, { path }]) => `${code} ${path?.at(-1)}`)).toEqual(found);
  });
});

it.each([
  ['APPROVED', 'PLANNED', 0, null],
  ['APPROVED', 'APPROVED', 0, 'APPROVED'],
  ['APPROVED', 'IN_PROGRESS', 0, 'IN_PROGRESS'],
  ['APPROVED', 'CANCELLED', 0, null],
  ['STARTED', 'APPROVED', 0, 'IN_PROGRESS'],
  ['STARTED', 'IN_PROGRESS', 1, 'IN_PROGRESS'],
  ['STARTED', 'DELIVERED', 1, null],
  ['COMPLETED', 'IN_PROGRESS', 0, 'IN_PROGRESS'],
  ['HANDED_OVER', 'IN_PROGRESS', 1, 'IN_PROGRESS'],
  ['HANDED_OVER', 'VERIFIED', 1, null],
  ['CANCELLED', 'PLANNED', 0, 'CANCELLED'],
  ['CANCELLED', 'IN_PROGRESS', 0, 'CANCELLED'],
  ['CANCELLED', 'IN_PROGRESS', 1, 'IN_PROGRESS'],
] as const)(
  'a house %s, of an activity %s with %s deliveries: the activity is %s',
  (to, status, deliveries, after) => {
    expect(activityStatusAt(to, { status, deliveries, amount: 0 })).toBe(after);
  },
);

it('money that was handed over keeps the activity of a house that is called off', () => {
  expect(activityStatusAt('CANCELLED', { status: 'IN_PROGRESS', deliveries: 0, amount: 1 })).toBe(
    'IN_PROGRESS',
  );
});

it('only what is claimed to stand needs evidence', () => {
  const stages = ['APPROVED', 'STARTED', 'COMPLETED', 'HANDED_OVER', 'CANCELLED'] as const;
  expect(stages.filter(needsEvidence)).toEqual(['COMPLETED', 'HANDED_OVER']);
});

it('a stage changes its own day, and cost and due day only where they are told', () => {
  expect(houseChange({ to: 'STARTED', on: today, dueOn: null, cost: null })).toEqual({
    status: 'STARTED',
    startedOn: today,
  });
  expect(houseChange({ to: 'APPROVED', on: today, dueOn: '2022-05-01', cost: 7 })).toEqual({
    status: 'APPROVED',
    approvedOn: today,
    dueOn: '2022-05-01',
    cost: 7,
  });
});
