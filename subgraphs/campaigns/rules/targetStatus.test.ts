import { expect, it } from 'vitest';
import { targetStatus } from './targetStatus.ts';

it.each([
  ['LTE', -5, -7.2, 'MET'],
  ['LTE', -5, -5, 'MET'],
  ['LTE', -5, -4.9, 'NOT_MET'],
  ['LTE', -5, 3, 'NOT_MET'],
  ['LT', -5, -5, 'NOT_MET'],
  ['GTE', 90, 90, 'MET'],
  ['GT', 90, 90, 'NOT_MET'],
  ['EQ', 100, 100, 'MET'],
  ['EQ', 100, 99, 'NOT_MET'],
  ['LTE', -5, null, 'NO_VALUE'],
] as const)('%s %d against %s is %s', (comparator, threshold, actual, expected) => {
  expect(targetStatus({ comparator, threshold, actual })).toBe(expected);
});
