import { expect, it } from 'vitest';
import { activityDayProblems } from './activityDays.ts';

const campaign = { issuedOn: '2021-08-15', endsOn: '2022-06-24' };
const open = { ...campaign, endsOn: null };

it.each([
  ['the first and the last day of the campaign', campaign, '2021-08-15', '2022-06-24', []],
  ['no last day', campaign, '2021-08-15', null, []],
  ['the day before', campaign, '2021-08-14', null, ['ACTIVITY_OUTSIDE_CAMPAIGN startsOn']],
  ['the day after', campaign, '2022-06-24', '2022-06-25', ['ACTIVITY_OUTSIDE_CAMPAIGN endsOn']],
  [
    'both outside',
    campaign,
    '2021-08-14',
    '2022-06-25',
    ['ACTIVITY_OUTSIDE_CAMPAIGN startsOn', 'ACTIVITY_OUTSIDE_CAMPAIGN endsOn'],
  ],
  ['a campaign without an end', open, '2025-01-01', '2026-01-01', []],
  ['an end before the beginning', campaign, '2021-09-02', '2021-09-01', ['INPUT_INVALID endsOn']],
] as const)('%s', (_, within, startsOn, endsOn, found) => {
  const problems = activityDayProblems({ startsOn, endsOn }, within, []);
  expect(problems.map(([code, { path }]) => `${code} ${path?.join('.')}`)).toEqual(found);
});

it('tells the days of the campaign, half-open', () => {
  const [problem] = activityDayProblems({ startsOn: '2021-08-14', endsOn: null }, campaign, [
    'input',
    'plan',
  ]);
  expect(problem).toEqual([
    'ACTIVITY_OUTSIDE_CAMPAIGN',
    { path: ['input', 'plan', 'startsOn'], params: { from: '2021-08-15', before: '2022-06-25' } },
  ]);
});
