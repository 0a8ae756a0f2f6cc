import { expect, test } from 'vitest';
import { stepOf } from './treeKeys.ts';

test.each([
  ['ArrowRight', false, 'toggle'],
  ['ArrowRight', true, 'child'],
  ['ArrowRight', null, null],
  ['ArrowLeft', true, 'toggle'],
  ['ArrowLeft', false, 'parent'],
  ['ArrowLeft', null, 'parent'],
  ['ArrowDown', true, 'next'],
  ['ArrowUp', null, 'previous'],
  ['Home', null, 'first'],
  ['End', false, 'last'],
  ['Enter', false, 'follow'],
  [' ', true, 'toggle'],
  ['Tab', true, null],
] as const)('%s on an item that is open: %s → %s', (key, open, step) => {
  expect(stepOf(key, open)).toBe(step);
});
