import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NumberSet } from './numberSet.ts';

const numbers = fc.array(
  fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })),
  {
    maxLength: 3_000,
    size: 'max',
  },
);

it('holds what a Set holds, and says of each whether it is new', () => {
  fc.assert(
    fc.property(numbers, (all) => {
      const set = new NumberSet(all.length);
      const known = new Set<number>();
      for (const number of all) {
        expect(set.add(number)).toBe(!known.has(number));
        known.add(number);
      }
      expect(set.size).toBe(known.size);
    }),
  );
});
