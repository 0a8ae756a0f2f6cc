import { expect, test } from 'vitest';
import { stateAfter } from '../../records/command/machine.ts';
import { proposalMachine } from './proposals.ts';

test.each([
  ['PENDING', 'confirmUnitMerge', 'CONFIRMED'],
  ['PENDING', 'rejectUnitMerge', 'REJECTED'],
  ['CONFIRMED', 'confirmUnitMerge', null],
  ['CONFIRMED', 'rejectUnitMerge', null],
  ['REJECTED', 'confirmUnitMerge', null],
  ['REJECTED', 'rejectUnitMerge', null],
] as const)('a proposal that is %s becomes by %s: %s', (state, action, expected) => {
  expect(stateAfter(proposalMachine, action, state)).toBe(expected);
});
