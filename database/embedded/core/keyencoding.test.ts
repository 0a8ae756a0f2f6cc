import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCollation } from './collation/collation.ts';
import { compareValues, hashKey } from './compare.ts';
import { encodeKey } from './keyencoding.ts';
import { numbers, values } from './testing/arbitrary.ts';
import { doc } from './testing/literal.ts';
import type { Value } from './values.ts';

const collations = [
  undefined,
  ...[1, 2, 3].map((strength) => parseCollation(doc({ locale: 'vi', strength }))),
];
const runs = { numRuns: 3000 };

test.each(collations.map((collation, strength) => ({ collation, strength })))(
  'encoded order is the order of values, strength $strength',
  ({ collation }) => {
    fc.assert(
      fc.property(values, values, fc.boolean(), (a, b, descending) => {
        const order = Buffer.compare(
          encodeKey([a], [descending], collation).bytes,
          encodeKey([b], [descending], collation).bytes,
        );
        expect(order).toBe((descending ? -1 : 1) * compareValues(a, b, collation) || 0);
      }),
      runs,
    );
  },
);

test('encoded order of numbers is exact across their types', () => {
  fc.assert(
    fc.property(numbers, numbers, (a, b) => {
      expect(Buffer.compare(encodeKey([a]).bytes, encodeKey([b]).bytes)).toBe(compareValues(a, b));
    }),
    { numRuns: 10_000 },
  );
});

test('compound keys compare value by value, each in its direction', () => {
  const pair = fc.tuple(values, values);
  fc.assert(
    fc.property(
      pair,
      pair,
      pair.map(() => [false, true]),
      (a, b, directions) => {
        const expected = compareValues(a[0], b[0]) || -compareValues(a[1], b[1]) || 0;
        expect(Buffer.compare(encodeKey(a, directions).bytes, encodeKey(b, directions).bytes)).toBe(expected);
      },
    ),
    runs,
  );
});

test('a byte 0xFF after a key lies behind every key that begins with its values', () => {
  fc.assert(
    fc.property(values, values, fc.boolean(), fc.boolean(), (a, b, x, y) => {
      const bound = Buffer.concat([encodeKey([a], [x]).bytes, Buffer.from([0xff])]);
      expect(Buffer.compare(encodeKey([a, b], [x, y]).bytes, bound)).toBe(-1);
    }),
    runs,
  );
});

test('equal values, and only they, have equal hash keys', () => {
  for (const collation of collations) {
    fc.assert(
      fc.property(values, values, (a, b) => {
        expect(hashKey(a, collation) === hashKey(b, collation)).toBe(compareValues(a, b, collation) === 0);
      }),
      runs,
    );
  }
});

test('the order is total: antisymmetric and transitive', () => {
  fc.assert(
    fc.property(values, values, values, (a, b, c) => {
      expect(compareValues(a, b)).toBe(-compareValues(b, a) || 0);
      const [x, y, z] = [a, b, c].sort(compareValues) as [Value, Value, Value];
      expect(compareValues(x, y) <= 0 && compareValues(y, z) <= 0 && compareValues(x, z) <= 0).toBe(true);
    }),
    runs,
  );
});

test('a key beyond the limit is cut and says so', () => {
  const long = encodeKey(['x'.repeat(3000)], [], undefined, 1900);
  expect(long.truncated).toBe(true);
  expect(long.bytes.length).toBe(1900);
  expect(encodeKey(['x'], [], undefined, 1900).truncated).toBe(false);
});
