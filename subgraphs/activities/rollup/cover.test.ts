import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { UnitCopyRow } from '../../copies/units.ts';
import { coverOf } from './cover.ts';

const unit = (id: string, ...paths: string[]): UnitCopyRow => ({
  _id: id,
  code: id,
  versions: paths.map((path) => ({
    path,
    level: 'COMMUNE',
    provinceCode: null,
    regionCode: null,
    from: '',
    before: null,
  })),
  successorId: null,
  version: 1,
});

it('takes whole subtrees that stay together, and single units of those that were taken apart', () => {
  const units = [
    unit('BCA', '/BCA/'),
    unit('A', '/BCA/A/'),
    unit('A1', '/BCA/A/A1/'),
    unit('B', '/BCA/B/'),
    unit('B1', '/BCA/B/B1/'),
    unit('B2', '/BCA/B/B2/'),
  ];
  const rows: Record<string, string | null> = { BCA: null, A: 'x', A1: 'x', B: 'x', B1: 'y', B2: null };
  expect(coverOf(units, ({ _id }) => rows[_id] ?? null)).toEqual({
    subtrees: new Map([
      ['/BCA/A/', 'x'],
      ['/BCA/B/B1/', 'y'],
    ]),
    units: new Set(['B']),
    apart: new Set(['/BCA/B/']),
  });
});

const paths = fc
  .array(fc.constantFrom('A', 'B', 'C'), { maxLength: 3 })
  .map((codes) => `/${['T', ...codes].join('/')}/`);
const forests = fc.array(
  fc.record({
    paths: fc.uniqueArray(paths, { minLength: 1, maxLength: 2 }),
    row: fc.constantFrom(null, 'x', 'y'),
  }),
  { minLength: 1, maxLength: 12 },
);

it('counts every fact in its row exactly once, wherever its unit reported it', () => {
  fc.assert(
    fc.property(forests, (forest) => {
      const units = forest.map((each, index) => unit(`u${index}`, ...each.paths));
      const rowOf = ({ _id }: { _id: string }) => forest[Number(_id.slice(1))]?.row ?? null;
      const cover = coverOf(units, rowOf);
      for (const each of units)
        for (const { path } of each.versions) {
          const whole = [...cover.subtrees].filter(([top]) => path.startsWith(top)).map(([, key]) => key);
          const found = [
            ...whole,
            ...(cover.units.has(each._id) && cover.apart.has(path) ? [rowOf(each)] : []),
          ];
          expect(found.filter((key) => key !== null)).toEqual(rowOf(each) === null ? [] : [rowOf(each)]);
        }
    }),
  );
});
