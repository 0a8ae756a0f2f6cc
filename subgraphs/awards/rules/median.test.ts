import fc from 'fast-check';
import { expect, test } from 'vitest';
import { medianOf } from './median.ts';

test('the median of counted values is that of the values written out', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50), { minLength: 1 }), (values) => {
      const sorted = values.toSorted((a, b) => a - b);
      const half = Math.floor(sorted.length / 2);
      const middle =
        sorted.length % 2 === 1 ? sorted.slice(half, half + 1) : sorted.slice(half - 1, half + 1);
      const expected = middle.reduce((sum, value) => sum + value, 0) / middle.length;
      const tallies = [...new Set(values)].map((value) => ({
        value,
        count: values.filter((other) => other === value).length,
      }));
      expect(medianOf(tallies)).toBe(expected);
    }),
  );
});

test('nothing has no median', () => {
  expect(medianOf([])).toBeNull();
});
