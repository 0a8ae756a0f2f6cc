import { describe, expect, it } from 'vitest';
import { duplicateProblems } from './duplicateHelp.ts';

const known = new Map([
  ['cash', { house: null }],
  ['house', { house: 'ben_1' }],
]);
const found = (hashes: readonly (string | null)[], isHouse: boolean) =>
  duplicateProblems(
    hashes.map((hash, index) => ({ hash, path: [index] })),
    known,
    isHouse,
  ).map(([code, { path, severity }]) => `${code} ${path?.join('.')} ${severity}`);

describe('help given twice', () => {
  it.each<[string, (string | null)[], boolean, string[]]>([
    ['a household that nobody helped', ['new'], false, []],
    ['households without a number', [null, null], false, []],
    ['a household that was helped', ['new', 'cash'], false, ['DUPLICATE_SUPPORT 1 WARNING']],
    ['cash for a household with a house', ['house'], false, ['DUPLICATE_SUPPORT 0 WARNING']],
    ['a household twice in one list', ['new', 'new'], false, ['DUPLICATE_SUPPORT 1 WARNING']],
    ['a house for a household that had cash', ['cash'], true, ['DUPLICATE_SUPPORT 0 WARNING']],
    ['a second house', ['house'], true, ['DUPLICATE_SUPPORT 0 ERROR']],
    ['two houses in one list', ['new', 'new'], true, ['DUPLICATE_SUPPORT 1 ERROR']],
  ])('is found, or not: %s', (_, hashes, isHouse, problems) => {
    expect(found(hashes, isHouse)).toEqual(problems);
  });
});
