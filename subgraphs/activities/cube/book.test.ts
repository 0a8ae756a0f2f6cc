import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Lists, packBook, unpackBook } from './book.ts';

const code = fc.constantFrom('', 'TRI_AN', 'NGUOI_NGHEO', 'ND-1');
const day = fc.integer({ min: 0, max: 30_000 }).map((days) => new Date(days * 86_400_000).toISOString());
const name = fc
  .tuple(day, fc.constantFrom('TRI_AN', 'HOC_BONG'), code, code)
  .map(([startsOn, ...codes]) => [startsOn.slice(0, 10), ...codes].join('|'));
const list = fc.dictionary(
  fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 2 ** 31 - 1 })).map(String),
  fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 400 })),
  { minKeys: 1 },
);
const lists: fc.Arbitrary<Lists> = fc.dictionary(name, list);

it('gives back the lists it was written of', () => {
  fc.assert(
    fc.property(lists, (all) => {
      expect(unpackBook(packBook(all))).toEqual({ ...all });
    }),
    { seed: 3 },
  );
});

it('is the same for the same lists, in whatever order they came', () => {
  fc.assert(
    fc.property(lists, (all) => {
      const turned = Object.fromEntries(Object.entries(all).toReversed());
      expect(packBook(turned)).toEqual(packBook(all));
    }),
    { seed: 4 },
  );
});

it('takes a byte for each household of a list whose numbers lie close together', () => {
  const households = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [index + 1_000, 1]));
  const { codes, lists: bytes, times } = packBook({ '2021-09-14|TRI_AN||NGUOI_NGHEO': households });
  expect(codes.split('\n')).toEqual(['TRI_AN', '', 'NGUOI_NGHEO']);
  expect(bytes).toHaveLength(3 + 3 + 1 + 101);
  expect(times).toHaveLength(0);
});
