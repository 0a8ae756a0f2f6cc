import { expect, test } from 'vitest';
import { dueOn, type ReportedCampaign, spanOfReport } from './reportPeriod.ts';

const campaign: ReportedCampaign = {
  status: 'ACTIVE',
  issuedOn: '2021-08-15',
  endsOn: '2022-06-24',
  phases: [{ code: 'C:P1', from: '2021-08-15', before: '2021-11-15' }],
};

test.each([
  ['a month', '2021-09', '2021-10-01', { from: '2021-09-01', before: '2021-10-01' }],
  [
    'the month in which the plan was issued',
    '2021-08',
    '2021-09-01',
    { from: '2021-08-01', before: '2021-09-01' },
  ],
  ['a phase', 'C:P1', '2021-12-01', { from: '2021-08-15', before: '2021-11-15' }],
  ['the last month, years later', '2022-06', '2026-01-15', { from: '2022-06-01', before: '2022-07-01' }],
  [
    'a phase of another campaign',
    'D:P1',
    '2021-12-01',
    'it is neither of the calendar nor a phase of the campaign',
  ],
  ['the month before the plan', '2021-07', '2021-12-01', 'it lies outside the campaign'],
  ['the month after the end', '2022-07', '2026-01-15', 'it lies outside the campaign'],
  ['a month to come', '2021-10', '2021-09-30', 'it has not begun'],
  ['a month on its last day', '2021-10', '2021-10-31', 'it has not ended'],
])('handing in %s', (_, period, today, expected) => {
  const span = spanOfReport(period, campaign, { today, step: 'submit' });
  expect('rule' in span ? span.rule : span).toEqual(expected);
});

test('a draft may be written while the period lasts', () => {
  const span = spanOfReport('2021-10', campaign, { today: '2021-10-01', step: 'save' });
  expect(span).toEqual({ from: '2021-10-01', before: '2021-11-01' });
});

test.each([
  ['DRAFT', false],
  ['SUBMITTED', false],
  ['RETURNED', false],
  ['APPROVED', false],
  ['PUBLISHED', true],
  ['ACTIVE', true],
  ['CLOSED', true],
  ['SUMMARISED', false],
  ['ARCHIVED', false],
] as const)('a campaign that is %s is reported on: %s', (status, reported) => {
  const span = spanOfReport('2021-09', { ...campaign, status }, { today: '2021-10-05', step: 'submit' });
  expect('from' in span).toBe(reported);
});

test('a campaign without an end is reported on as long as it lasts', () => {
  const span = spanOfReport(
    '2025-12',
    { ...campaign, endsOn: null },
    { today: '2026-01-01', step: 'submit' },
  );
  expect(span).toEqual({ from: '2025-12-01', before: '2026-01-01' });
});

test.each([
  ['2021-10-01', '2021-10-05'],
  ['2022-03-01', '2022-03-05'],
])('a period before %s is due on %s', (before, due) => {
  expect(dueOn({ before })).toBe(due);
});
