import { expect, it } from 'vitest';
import type { UnitLevel, UnitVersionCopy } from '../../../schema/events.ts';
import type { UnitCopyRow } from '../../copies/units.ts';
import { isCovered } from './coverage.ts';

const version = (level: UnitLevel, path: string, from = '2021-08-01', before: string | null = null) =>
  ({ level, path, provinceCode: '01', regionCode: null, from, before }) satisfies UnitVersionCopy;

const unit = (code: string, ...versions: UnitVersionCopy[]): UnitCopyRow => ({
  _id: code,
  code,
  versions,
  successorId: null,
  version: 1,
});

/** Trúc Bạch of 2021, and Ba Đình of 2025, which got its code. */
const generations = [
  unit(
    'X00004.1',
    version('COMMUNE', '/BCA/T01.1/H001.1/X00004.1/', '2021-08-01', '2025-03-01'),
    version('COMMUNE', '/BCA/T01.1/X00004.1/', '2025-03-01', '2025-07-01'),
  ),
  unit('X00004.2', version('COMMUNE', '/BCA/T01.1/X00004.2/', '2025-07-01')),
];
const old = { code: '00004', listDate: '2021-08-01' };
const young = { code: '00004', listDate: '2025-07-01' };

it.each([
  ['the commune itself', version('COMMUNE', '/BCA/T01.1/H001.1/X00004.1/'), old, '2021-09-01', true],
  ['another commune', version('COMMUNE', '/BCA/T01.1/H001.1/X00001.1/'), old, '2021-09-01', false],
  ['its district', version('DISTRICT', '/BCA/T01.1/H001.1/'), old, '2021-09-01', true],
  ['another district', version('DISTRICT', '/BCA/T01.1/H002.1/'), old, '2021-09-01', false],
  ['a district whose code begins alike', version('DISTRICT', '/BCA/T01.1/H001/'), old, '2021-09-01', false],
  ['its district after districts ended', version('DISTRICT', '/BCA/T01.1/H001.1/'), old, '2025-03-01', false],
  ['its province', version('PROVINCE', '/BCA/T01.1/'), old, '2025-03-01', true],
  ['another province', version('PROVINCE', '/BCA/T02.1/'), old, '2021-09-01', false],
  ['a division of its province', version('DIVISION', '/BCA/T01.1/P01.1/'), old, '2021-09-01', true],
  ['a division of another', version('DIVISION', '/BCA/T02.1/P01.1/'), old, '2021-09-01', false],
  ['a team of its district', version('TEAM', '/BCA/T01.1/H001.1/D01.1/'), old, '2021-09-01', true],
  ['a team of another', version('TEAM', '/BCA/T01.1/H002.1/D01.1/'), old, '2021-09-01', false],
  ['a department', version('DEPARTMENT', '/BCA/C01/'), old, '2021-09-01', true],
  ['the ministry', version('MINISTRY', '/BCA/'), old, '2021-09-01', true],
  ['the new commune', version('COMMUNE', '/BCA/T01.1/X00004.2/'), young, '2025-08-01', true],
  ['the new commune, by the old list', version('COMMUNE', '/BCA/T01.1/X00004.2/'), old, '2025-08-01', false],
  [
    'the old commune, by the new list',
    version('COMMUNE', '/BCA/T01.1/X00004.1/'),
    young,
    '2025-06-30',
    false,
  ],
  [
    'a list of no such day',
    version('PROVINCE', '/BCA/T01.1/'),
    { ...old, listDate: '2019-01-01' },
    '2021-09-01',
    false,
  ],
] as const)('%s', (_, of, area, day, covered) => {
  expect(isCovered(of, area, day, generations)).toBe(covered);
});

it('no unit but those of the whole country covers a place that nobody knows', () => {
  const nowhere = { code: '99999', listDate: '2021-08-01' };
  expect(isCovered(version('PROVINCE', '/BCA/T01.1/'), nowhere, '2021-09-01', [])).toBe(false);
  expect(isCovered(version('DEPARTMENT', '/BCA/C01/'), nowhere, '2021-09-01', [])).toBe(true);
});
