import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distance } from './distance.ts';

test.each([
  ['quang', 'quang', 0],
  ['quag', 'quang', 1],
  ['quanh', 'quang', 1],
  ['quaang', 'quang', 1],
  ['qunag', 'quang', 1],
  ['na', 'an', 1],
  ['', 'an', 2],
  ['trj', 'tring', 3],
  ['ca', 'abc', 2],
  ['a cat', 'an act', 2],
  ['đak', 'dak', 1],
])('from "%s" to "%s" it is %i', (a, b, expected) => {
  expect(distance(a, b)).toBe(expected);
});

/** Few letters, so that words are near each other. */
const word = fc.string({ unit: fc.constantFrom(...'abcd'), maxLength: 8 });

test('is a metric: nothing between equals only, the same both ways, and no way round is shorter', () => {
  fc.assert(
    fc.property(word, word, word, (a, b, c) => {
      expect(distance(a, b) === 0).toBe(a === b);
      expect(distance(a, b)).toBe(distance(b, a));
      expect(distance(a, c)).toBeLessThanOrEqual(distance(a, b) + distance(b, c));
    }),
    { numRuns: 500 },
  );
});
