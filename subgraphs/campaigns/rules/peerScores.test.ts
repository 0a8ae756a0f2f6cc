import { expect, test } from 'vitest';
import { faultsOfScores, meanOf, totalOf } from './peerScores.ts';

const criteria = [
  { code: 'TC1', maxScore: 60 },
  { code: 'TC2', maxScore: 40 },
];
const scores = (tc1: number, tc2: number) => [
  { criterion: 'TC1', score: tc1 },
  { criterion: 'TC2', score: tc2 },
];

test.each([
  ['the whole range', scores(0, 40), []],
  ['above the greatest score', scores(60.5, 40), [[0, 'score']]],
  ['below zero', scores(1, -0.5), [[1, 'score']]],
  ['an unknown criterion', [...scores(1, 1), { criterion: 'TC9', score: 1 }], [[2, 'criterion']]],
  ['a criterion twice', [...scores(1, 1), { criterion: 'TC1', score: 1 }], [[2, 'criterion']]],
  ['a criterion left out', [{ criterion: 'TC2', score: 1 }], [[null, 'score']]],
  [
    'everything wrong at once',
    [{ criterion: 'TC1', score: 99 }],
    [
      [0, 'score'],
      [null, 'score'],
    ],
  ],
])('%s', (_, given, expected) => {
  expect(faultsOfScores(given, criteria).map(({ row, field }) => [row, field])).toEqual(expected);
});

test('a member scores the mean of what its peers gave, to two decimals', () => {
  const mean = meanOf([scores(50, 40), scores(51, 39), scores(51, 40)], criteria);
  expect(mean).toEqual(scores(50.67, 39.67));
  expect(totalOf(mean)).toBe(90.34);
});

test('equal sums are equal numbers, whatever their parts', () => {
  expect(totalOf(scores(0.1, 0.2))).toBe(totalOf(scores(0.3, 0)));
});
