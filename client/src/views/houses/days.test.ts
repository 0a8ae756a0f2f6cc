import { expect, it } from 'vitest';
import { daysBetween } from './days.ts';

it('counts days of the calendar, over months and leap years', () => {
  expect(daysBetween('2021-12-20', '2022-06-30')).toBe(192);
  expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
  expect(daysBetween('2022-06-30', '2022-06-30')).toBe(0);
});
