import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, isPhaseCode, labelOfPeriod, spanOfPeriod, spanOfRelative } from './period.ts';

test.each([
  ['2021', '2021-01-01', '2022-01-01'],
  ['2021-H1', '2021-01-01', '2021-07-01'],
  ['2021-H2', '2021-07-01', '2022-01-01'],
  ['2021-Q3', '2021-07-01', '2021-10-01'],
  ['2021-12', '2021-12-01', '2022-01-01'],
  ['2021-W33', '2021-08-16', '2021-08-23'],
  ['2020-W53', '2020-12-28', '2021-01-04'],
  ['2021-W01', '2021-01-04', '2021-01-11'],
])('%s runs from %s to before %s', (code, from, before) => {
  expect(spanOfPeriod(code)).toEqual({ from, before });
});

test.each(['2021-13', '2021-00', '2021-Q5', '2021-W53', '2021-W00', '21', '2021-8', 'CODE:P2', ''])(
  '"%s" is no period of the calendar',
  (code) => {
    expect(spanOfPeriod(code)).toBeNull();
  },
);

test('the weeks of the years lie end to end', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1990, max: 2060 }), (year) => {
      const weeks = Array.from({ length: 53 }, (_, index) =>
        spanOfPeriod(`${year}-W${String(index + 1).padStart(2, '0')}`),
      ).filter((span) => span !== null);
      const next = spanOfPeriod(`${year + 1}-W01`);
      expect(weeks.at(-1)?.before).toBe(next?.from);
      for (const [index, week] of weeks.entries())
        expect(weeks[index + 1]?.from ?? week.before).toBe(week.before);
    }),
  );
});

test.each([
  ['TODAY', '2021-11-15', '2021-11-16'],
  ['LAST_7_DAYS', '2021-11-08', '2021-11-15'],
  ['THIS_WEEK', '2021-11-15', '2021-11-22'],
  ['LAST_WEEK', '2021-11-08', '2021-11-15'],
  ['THIS_MONTH', '2021-11-01', '2021-12-01'],
  ['LAST_MONTH', '2021-10-01', '2021-11-01'],
  ['LAST_3_MONTHS', '2021-08-01', '2021-11-01'],
  ['LAST_12_MONTHS', '2020-11-01', '2021-11-01'],
  ['THIS_QUARTER', '2021-10-01', '2022-01-01'],
  ['LAST_QUARTER', '2021-07-01', '2021-10-01'],
  ['THIS_YEAR', '2021-01-01', '2022-01-01'],
  ['LAST_YEAR', '2020-01-01', '2021-01-01'],
] as const)('%s seen from Monday 2021-11-15 runs from %s to before %s', (relative, from, before) => {
  expect(spanOfRelative(relative, '2021-11-15')).toEqual({ from, before });
});

test('the whole campaign is not a period of the calendar', () => {
  expect(spanOfRelative('WHOLE_CAMPAIGN', '2021-11-15')).toBeNull();
});

test.each([
  ['2021-08', 'Tháng 8/2021', 'August 2021'],
  ['2021-Q4', 'Quý IV/2021', 'Quarter 4 of 2021'],
  ['2021-W33', 'Tuần 33/2021', 'Week 33 of 2021'],
  ['2021', 'Năm 2021', '2021'],
])('%s is printed as "%s" and "%s"', (code, vi, en) => {
  expect(labelOfPeriod(code)).toEqual({ vi, en });
});

test('days are added over months and leap years', () => {
  expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
  expect(addDays('2021-01-01', -1)).toBe('2020-12-31');
});

test('a phase belongs to a campaign', () => {
  expect(isPhaseCode('BCA-2021-COVID-TDDB:P2')).toBe(true);
  expect(isPhaseCode('2021-08')).toBe(false);
});
