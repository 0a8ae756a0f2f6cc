import { expect, test } from 'vitest';
import { childDaysOf, childrenOn } from './childDays.ts';

const open = (from: string) => ({ from, before: null });

test('children are counted from the day on which one comes to the day on which one is gone', () => {
  const days = childDaysOf([
    open('2021-01-01'),
    { from: '2021-01-01', before: '2025-07-01' },
    { from: '2023-03-01', before: '2025-07-01' },
    open('2030-01-01'),
  ]);
  expect(days).toEqual([
    { from: '2021-01-01', count: 2 },
    { from: '2023-03-01', count: 3 },
    { from: '2025-07-01', count: 1 },
    { from: '2030-01-01', count: 2 },
  ]);
  const asked = ['2020-12-31', '2021-01-01', '2025-06-30', '2025-07-01', '2026-01-15', '2099-01-01'];
  expect(asked.map((day) => childrenOn(days, day))).toEqual([0, 2, 3, 1, 1, 2]);
});

test('a child that goes on under another name or is replaced the same day changes no count', () => {
  const days = childDaysOf([{ from: '2021-01-01', before: '2025-07-01' }, open('2025-07-01')]);
  expect(days).toEqual([{ from: '2021-01-01', count: 1 }]);
});

test('a unit without children has none on any day', () => {
  expect(childrenOn(childDaysOf([]), '2021-08-15')).toBe(0);
});
