import { expect, it } from 'vitest';
import { peopleOfPlan, targetProblems } from './targets.ts';

const groups = [
  { group: 'NGUOI_NGHEO', targeted: 40 },
  { group: 'NGUOI_CAO_TUOI', targeted: 10 },
];

it.each([
  [null, 0],
  [40, 0],
  [50, 0],
  [39, 1],
  [51, 1],
])('of groups of 40 and 10, all together are %s: %s faults', (targeted, faults) => {
  expect(targetProblems({ targeted, groups }, ['input', 'plan'])).toHaveLength(faults);
});

it.each([
  ['the sum where nobody said more', null, 50],
  ['what was said, where people are in both', 44, 44],
])('everybody once: %s', (_, targeted, whole) => {
  expect(peopleOfPlan({ targeted, groups })).toEqual({
    people: { targeted: whole, reached: 0, households: 0 },
    groups: [
      { code: 'NGUOI_NGHEO', targeted: 40, reached: 0, households: 0 },
      { code: 'NGUOI_CAO_TUOI', targeted: 10, reached: 0, households: 0 },
    ],
  });
});
