import { expect, it } from 'vitest';
import { daysOf, earlierThan, periodsOf } from './periods.ts';

const campaign = { period: { from: '2021-08-15', before: '2026-11-27' }, reportsUntil: '2022-01-31' };
const periods = periodsOf(campaign);

it('offers the months, quarters and years from the first day of a campaign to its last reports', () => {
  expect(periods).toEqual({
    months: ['2021-08', '2021-09', '2021-10', '2021-11', '2021-12', '2022-01'],
    quarters: ['2021-Q3', '2021-Q4', '2022-Q1'],
    years: ['2021', '2022'],
    phases: [],
  });
  expect(daysOf(periods)).toEqual({ from: '2021-08-01', before: '2022-02-01' });
});

it('offers them to the last day that anything was done on, where that is what a view is about', () => {
  const { period } = campaign;
  expect(periodsOf({ period, supportSummary: { latestOn: '2021-10-01' } }).quarters).toEqual([
    '2021-Q3',
    '2021-Q4',
  ]);
});

it('goes on to the last day of a campaign that nobody reports on; of an unknown one it offers nothing', () => {
  const quiet = periodsOf({ period: { from: '2021-11-30', before: '2022-01-01' }, reportsUntil: null });
  expect(quiet.months).toEqual(['2021-11', '2021-12']);
  expect(periodsOf(null).months).toEqual([]);
  expect(daysOf(periodsOf(null))).toBeNull();
});

it('compares months with months and quarters with quarters, the latest first', () => {
  expect(earlierThan(periods, '2021-11')).toEqual(['2021-10', '2021-09', '2021-08']);
  expect(earlierThan(periods, '2022-Q1')).toEqual(['2021-Q4', '2021-Q3']);
  expect(earlierThan(periods, '2021-08')).toEqual([]);
  expect(earlierThan(periods, '2021')).toEqual([]);
});
