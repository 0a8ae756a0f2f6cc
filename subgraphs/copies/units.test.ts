import { expect, test } from 'vitest';
import { commonAncestor, currentVersion, pathAsOf, pathsOf, type UnitCopyRow, versionOn } from './units.ts';

const unit = (
  code: string,
  versions: readonly (readonly [path: string, from: string, before: string | null])[],
  successorId: string | null = null,
): UnitCopyRow => ({
  _id: code,
  code,
  versions: versions.map(([path, from, before]) => ({
    path,
    level: 'COMMUNE',
    provinceCode: '01',
    regionCode: 'DONG_BANG_SONG_HONG',
    from,
    before,
  })),
  successorId,
  version: 1,
});

/** A commune that moved when districts ended, and one that merged into it four months later. */
const moved = unit('X2', [
  ['/BCA/T1/H1/X2/', '2021-01-01', '2025-03-01'],
  ['/BCA/T1/X2/', '2025-03-01', null],
]);
const merged = unit('X1', [['/BCA/T1/H1/X1/', '2021-01-01', '2025-07-01']], 'X2');
const split = unit('X3', [['/BCA/T1/H1/X3/', '2021-01-01', '2025-07-01']]);
const all = new Map([moved, merged, split].map((each) => [each._id, each]));

test.each([
  ['before the first day', '2020-12-31', undefined],
  ['on the first day', '2021-01-01', '/BCA/T1/H1/X2/'],
  ['on the last day of a version', '2025-02-28', '/BCA/T1/H1/X2/'],
  ['on the first day of the next', '2025-03-01', '/BCA/T1/X2/'],
])('half-open versions: %s (%s)', (_, date, path) => {
  expect(versionOn(moved, date)?.path).toBe(path);
});

test.each([
  ['itself while it lives', merged, '2022-01-01', '/BCA/T1/H1/X1/'],
  ['its full successor after that', merged, '2025-07-01', '/BCA/T1/X2/'],
  ['unallocated without one', split, '2025-07-01', null],
  ['unallocated before it existed', merged, '2020-01-01', null],
] as const)('a fact stands under %s', (_, of, date, path) => {
  expect(pathAsOf(of, date, all)).toBe(path);
});

test('a ring of successors ends in unallocated, not in a loop', () => {
  const a = unit('A', [['/BCA/A/', '2021-01-01', '2022-01-01']], 'B');
  const b = unit('B', [['/BCA/B/', '2021-01-01', '2022-01-01']], 'A');
  expect(pathAsOf(a, '2023-01-01', new Map([a, b].map((each) => [each._id, each])))).toBeNull();
});

test('a closed unit keeps its last version, a coming one shows its first', () => {
  expect(currentVersion(merged, '2026-01-01').path).toBe('/BCA/T1/H1/X1/');
  expect(currentVersion(moved, '2020-01-01').path).toBe('/BCA/T1/H1/X2/');
  expect(pathsOf(moved)).toEqual(['/BCA/T1/H1/X2/', '/BCA/T1/X2/']);
});

test.each([
  ['/BCA/T1/H1/', '/BCA/T1/H2/', '/BCA/T1/'],
  ['/BCA/T1/', '/BCA/T10/', '/BCA/'],
  ['/BCA/T1/', '/BCA/T1/H1/', '/BCA/T1/'],
  ['/X/', '/Y/', '/'],
])('%s and %s meet in %s', (a, b, ancestor) => {
  expect(commonAncestor(a, b)).toBe(ancestor);
});
