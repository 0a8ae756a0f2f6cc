import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NumberSet } from './numberSet.ts';

const numbers = fc.array(fc.oneof(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 2_000_000 })), {
  maxLength: 3_000,
  size: 'max',
});

it('holds what a Set holds, says of each whether it is new, and is empty when it was cleared', () => {
  const set = new NumberSet();
  fc.assert(
    fc.property(numbers, (all) => {
      set.clear();
      const known = new Set<number>();
      for (const number of all) {
        expect(set.add(number)).toBe(!known.has(number));
        known.add(number);
      }
      expect(set.size).toBe(known.size);
    }),
    { seed: 11 },
  );
});
