import { expect, it } from 'vitest';
import { SUPPRESSED } from '../../parts/suppressed.ts';
import { monthsOf, sumOf } from './months.ts';

const row = (month: string, kind: string, value: number | null) => ({
  keys: [
    { dimension: 'MONTH' as const, code: month, label: null },
    { dimension: 'KIND' as const, code: kind, label: { vi: kind, en: null } },
  ],
  values: [{ metric: 'DELIVERIES', value, suppressed: value === null }],
});

const rows = [
  row('2021-09', 'GIFT', 3),
  row('2021-08', 'GIFT', 10),
  row('2021-08', 'HOUSE', 20),
  row('2021-09', 'HOUSE', null),
  row('2021-08', 'VISIT', 0),
  row('2021-09', 'VISIT', 0),
];

it('has the months in order, and the kinds with most first, without those that nothing was done of', () => {
  const { months, kinds } = monthsOf(rows, 'DELIVERIES');
  expect(months).toEqual(['2021-08', '2021-09']);
  expect(kinds.map(({ code }) => code)).toEqual(['HOUSE', 'GIFT']);
});

it('adds up a month, but not what is hidden in it', () => {
  const { kinds } = monthsOf(rows, 'DELIVERIES');
  expect(sumOf(kinds, '2021-08')).toBe(30);
  expect(sumOf(kinds, '2021-09')).toBe(SUPPRESSED);
});

it('is empty for a measure that was not asked', () => {
  expect(monthsOf(rows, 'AMOUNT')).toEqual({ months: [], kinds: [] });
});
