import { expect, test } from 'vitest';
import { SUPPRESSED } from '../../parts/suppressed.ts';
import { areEqual, metricOf } from './reading.ts';

const reading = (activities: number, amount: number) => ({
  rows: [],
  totals: [
    { metric: 'ACTIVITIES', value: activities },
    { metric: 'AMOUNT', value: amount },
  ],
  unallocated: [],
});

test('two readings are equal when their activities and their amounts are', () => {
  expect(areEqual(reading(3, 500), reading(3, 500))).toBe(true);
  expect(areEqual(reading(3, 500), reading(3, 499))).toBe(false);
  expect(areEqual(reading(3, 500), reading(2, 500))).toBe(false);
});

test('a value that is hidden is no 0, and one that is not there is nothing', () => {
  expect(metricOf([{ metric: 'AMOUNT', value: null, suppressed: true }], 'AMOUNT')).toBe(SUPPRESSED);
  expect(metricOf([], 'AMOUNT')).toBeNull();
});
