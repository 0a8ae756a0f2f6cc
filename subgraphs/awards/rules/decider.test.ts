import { expect, test } from 'vitest';
import { deciderOf } from './decider.ts';

const place = (code: string, level: 'MINISTRY' | 'PROVINCE' | 'DISTRICT' | 'COMMUNE') => ({
  unitId: code,
  code,
  level,
});
const line = [
  place('X1', 'COMMUNE'),
  place('H1', 'DISTRICT'),
  place('T1', 'PROVINCE'),
  place('BCA', 'MINISTRY'),
];
const question = {
  decidedBy: 'UNIT_HEAD',
  minLevel: 'DISTRICT' as const,
  line,
  recipient: { kind: 'COLLECTIVE' as const, unitId: 'X1' },
  asked: null,
};
const decided = (change: Partial<Parameters<typeof deciderOf>[0]>) => {
  const decider = deciderOf({ ...question, ...change });
  return decider && [decider.unit.code, decider.above];
};

test.each([
  ['the nearest head high enough', {}, ['H1', false]],
  ['a province where districts decide no more', { minLevel: 'PROVINCE' as const }, ['T1', false]],
  [
    'never a unit about itself',
    { line: line.slice(1), recipient: { kind: 'COLLECTIVE' as const, unitId: 'H1' } },
    ['T1', false],
  ],
  [
    'the own head about a person',
    { line: line.slice(1), recipient: { kind: 'INDIVIDUAL' as const, unitId: 'H1' } },
    ['H1', false],
  ],
  ['the unit that is asked for', { asked: 'T1' }, ['T1', false]],
  ['the ministry for the Minister', { decidedBy: 'MINISTER' }, ['BCA', false]],
  ['above the force, through the ministry', { decidedBy: 'PRESIDENT', minLevel: null }, ['BCA', true]],
  ['nobody, when a unit elsewhere is asked for', { asked: 'T2' }, undefined],
  [
    'nobody, when a unit is asked for that is not the Minister’s',
    { decidedBy: 'MINISTER', asked: 'T1' },
    undefined,
  ],
] as const)('%s', (_, change, expected) => {
  expect(decided(change)).toEqual(expected);
});
