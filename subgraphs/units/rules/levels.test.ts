import { expect, test } from 'vitest';
import { unitLevels } from '../../../schema/events.ts';
import { nextGeneration, parentsOf, partsForLevel, partsOf } from './levels.ts';

test('each level stands under the levels above it, and the ministry under nobody', () => {
  const table = unitLevels.map((level) => [level, ...parentsOf[level]].join(' < '));
  expect(table).toEqual([
    'MINISTRY',
    'DEPARTMENT < MINISTRY',
    'PROVINCE < MINISTRY',
    'DIVISION < PROVINCE',
    'DISTRICT < PROVINCE',
    'TEAM < DISTRICT',
    'COMMUNE < PROVINCE < DISTRICT',
  ]);
});

test('a code has a base and a generation, except the ministry’s', () => {
  expect(partsOf('X00004.2')).toEqual({ base: 'X00004', generation: 2 });
  expect(partsOf('BCA')).toBeNull();
});

test.each([
  ['X00004.1', 'COMMUNE', true],
  ['H001.1', 'DISTRICT', true],
  ['X00004.1', 'DISTRICT', false],
  ['X00004', 'COMMUNE', false],
  ['X00004.0', 'COMMUNE', false],
  ['XA.1', 'COMMUNE', false],
  ['BCA.1', 'MINISTRY', false],
] as const)('%s as the code of a %s: %s', (code, level, fits) => {
  expect(partsForLevel(code, level) !== null).toBe(fits);
});

test('the next generation is one more than the last', () => {
  expect(nextGeneration([])).toBe(1);
  expect(nextGeneration(['X1.1', 'X1.10', 'X1.9'])).toBe(11);
});
