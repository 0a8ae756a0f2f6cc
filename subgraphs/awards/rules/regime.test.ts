import { expect, test } from 'vitest';
import type { Regime } from '../model/codes.ts';
import { regimeOn, ruleOf } from './regime.ts';

const rows = [
  { _id: 'L2003', from: '2004-07-01', before: '2024-01-01' },
  { _id: 'L2022', from: '2024-01-01', before: '2026-10-01' },
  { _id: 'L2022A', from: '2026-10-01', before: null },
] as const;

test.each([
  ['2021-08-15', 'L2003'],
  ['2023-12-31', 'L2003'],
  ['2024-01-01', 'L2022'],
  ['2026-09-30', 'L2022'],
  ['2026-10-01', 'L2022A'],
  ['2031-01-01', 'L2022A'],
])('a dossier received on %s is judged by %s', (date, regime) => {
  expect(regimeOn(rows, date)).toBe(regime);
});

test('before the first regime there is none', () => {
  expect(() => regimeOn(rows, '2004-06-30')).toThrow(RangeError);
});

const rule = (regime: Regime, from: string, before: string | null) => ({ regime, from, before });
const rules = [
  rule('L2003', '2017-10-01', '2024-01-01'),
  rule('L2022', '2024-01-01', '2025-03-01'),
  rule('L2022', '2025-03-01', '2026-10-01'),
];

test.each([
  ['L2022', '2025-02-28', rules[1]],
  ['L2022', '2025-03-01', rules[2]],
  ['L2022', null, rules[2]],
  ['L2022', '2023-12-31', null],
  ['L2022A', '2026-11-01', null],
] as const)('the rule of %s on %s', (regime, date, expected) => {
  expect(ruleOf(rules, regime, date)).toBe(expected);
});
