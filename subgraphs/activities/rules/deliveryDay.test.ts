import { describe, expect, it } from 'vitest';
import { type DayBounds, dayProblem } from './deliveryDay.ts';

const bounds: DayBounds = {
  campaign: { issuedOn: '2021-08-15', endsOn: '2022-06-24' },
  startsOn: '2021-09-01',
  today: '2022-06-20',
};
const open = { ...bounds, campaign: { issuedOn: '2021-08-15', endsOn: null } };

describe('the day of a hand-over', () => {
  it.each([
    ['the first day of the activity', '2021-09-01', bounds, null],
    ['today', '2022-06-20', bounds, null],
    ['the last day of the campaign', '2022-06-24', { ...bounds, today: '2026-01-15' }, null],
    ['long after, in a campaign without an end', '2025-12-31', { ...open, today: '2026-01-15' }, null],
    ['the day before the activity', '2021-08-31', bounds, 'INPUT_INVALID'],
    ['tomorrow', '2022-06-21', bounds, 'INPUT_INVALID'],
    ['tomorrow, in a campaign without an end', '2022-06-21', open, 'INPUT_INVALID'],
    ['the day before the campaign', '2021-08-14', bounds, 'ACTIVITY_OUTSIDE_CAMPAIGN'],
    [
      'the day after the campaign',
      '2022-06-25',
      { ...bounds, today: '2026-01-15' },
      'ACTIVITY_OUTSIDE_CAMPAIGN',
    ],
  ])('may be, or not: %s', (_, day, given, code) => {
    expect(dayProblem(day, given, ['input'])?.[0] ?? null).toBe(code);
  });

  it('is told with the days of the campaign', () => {
    expect(dayProblem('2023-01-01', bounds, ['input', 'deliveredOn'])).toEqual([
      'ACTIVITY_OUTSIDE_CAMPAIGN',
      { path: ['input', 'deliveredOn'], params: { from: '2021-08-15', before: '2022-06-25' } },
    ]);
  });
});
