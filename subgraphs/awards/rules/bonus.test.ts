import { expect, test } from 'vitest';
import type { BaseSalaryRecord } from '../model/catalogue.ts';
import { bonusOf, roundedProduct } from './bonus.ts';

const up = { mode: 'UP', to: 10_000 } as const;

// The second row is the worked example of the answer on Decree 91/2017, article 68.2 (banthiduakhenthuongtw.gov.vn).
test.each([
  [4.5, 1_490_000, up, 6_710_000],
  [0.8, 1_390_000, up, 1_120_000],
  [0.3, 1_490_000, up, 450_000],
  [1, 1_490_000, up, 1_490_000],
  [0.3, 1_800_000, up, 540_000],
  [12, 2_340_000, up, 28_080_000],
  [0.3, 1_490_000, { mode: 'DOWN', to: 10_000 } as const, 440_000],
  [0.3, 1_490_000, { mode: 'HALF_UP', to: 10_000 } as const, 450_000],
  [0.3, 1_490_000, { mode: 'UP', to: 1 } as const, 447_000],
])('%d × %d rounded %j is %d', (multiple, base, rounding, amount) => {
  expect(roundedProduct(multiple, base, rounding)).toBe(amount);
});

const salary = (from: string, before: string | null, amount: number): BaseSalaryRecord => ({
  _id: from,
  amount,
  from,
  before,
  provenance: [],
});
const salaries = [salary('2019-07-01', '2023-07-01', 1_490_000), salary('2023-07-01', null, 1_800_000)];

test('the base salary is that of the day of the decision, and the row that was used is kept', () => {
  const rule = { bonusMultiple: 1.5, bonusRounding: up };
  expect(bonusOf(rule, salaries, '2023-06-30')).toMatchObject({
    amount: 2_240_000,
    salaryFrom: '2019-07-01',
  });
  expect(bonusOf(rule, salaries, '2023-07-01')).toMatchObject({
    amount: 2_700_000,
    salaryFrom: '2023-07-01',
  });
});

test('no sum is made up where a figure is missing', () => {
  expect(bonusOf({ bonusMultiple: null, bonusRounding: null }, salaries, '2022-01-01')).toBeNull();
  expect(bonusOf({ bonusMultiple: 1, bonusRounding: up }, salaries, '2019-06-30')).toBeNull();
});
