import { expect, it } from 'vitest';
import { classesOf, classOf } from './classes.ts';

it('sorts numbers into four classes of about as many each, and 0 into none', () => {
  const classes = classesOf([0, 1, 2, 3, 4, 5, 6, 7, 900]);
  expect(classes).toEqual([
    { from: 1, to: 2 },
    { from: 3, to: 4 },
    { from: 5, to: 6 },
    { from: 7, to: 900 },
  ]);
  expect([0, 1, 2, 3, 6, 900].map((value) => classOf(classes, value))).toEqual([0, 1, 1, 2, 3, 4]);
});

it('keeps equal numbers in one class', () => {
  expect(classesOf([2, 2, 2, 9])).toEqual([
    { from: 2, to: 2 },
    { from: 9, to: 9 },
  ]);
  expect(classesOf([0, 0])).toEqual([]);
});
