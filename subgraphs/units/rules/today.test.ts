import { expect, test } from 'vitest';
import type { UnitRecord } from '../model/unit.ts';
import { begun, changedFrom, endedOn, type Shape } from './timeline.ts';
import { onDay } from './today.ts';

const shape: Shape = {
  name: { vi: 'Công an xã An Bình' },
  parentId: 'unt_p',
  path: '/BCA/X1.1/',
  depth: 2,
  provinceCode: null,
  regionCode: null,
  adminCode: null,
  adminListDate: null,
};
const unit = {
  _id: 'unt_1',
  code: 'X1.1',
  level: 'COMMUNE',
  shortName: 'An Bình',
  otherNames: [{ kind: 'ABBREVIATION', name: { vi: 'CAX An Bình' }, from: null, before: null }],
} as unknown as UnitRecord;

const opened = begun({ unitId: 'unt_1', code: 'X1.1', level: 'COMMUNE' }, '2022-01-01', shape);
const moved = changedFrom(opened, '2023-01-01', { path: '/BCA/T1.1/X1.1/' });
const renamed = changedFrom(moved, '2024-01-01', {
  name: { vi: 'Công an phường An Bình' },
  shortName: 'P. An Bình',
});
const life = endedOn(renamed, '2025-01-01');

test.each([
  ['2021-12-31', 'PLANNED', '/BCA/X1.1/', 'An Bình', '2022-01-01'],
  ['2022-01-01', 'ACTIVE', '/BCA/X1.1/', 'An Bình', '2023-01-01'],
  ['2023-01-01', 'ACTIVE', '/BCA/T1.1/X1.1/', 'An Bình', '2024-01-01'],
  ['2024-01-01', 'ACTIVE', '/BCA/T1.1/X1.1/', 'P. An Bình', '2025-01-01'],
  ['2025-01-01', 'CLOSED', '/BCA/T1.1/X1.1/', 'P. An Bình', null],
])('on %s the unit is %s at %s, called %s, until %s', (day, status, path, shortName, settlesOn) => {
  expect(onDay(unit, life, day)).toMatchObject({
    status,
    path,
    shortName,
    settlesOn,
    existsFrom: '2022-01-01',
    existsBefore: '2025-01-01',
  });
});

test('a name it bore through several versions is one former name, and abbreviations stay', () => {
  expect(onDay(unit, life, '2024-06-01').otherNames).toEqual([
    ...unit.otherNames,
    { kind: 'FORMER', name: shape.name, from: '2022-01-01', before: '2024-01-01' },
  ]);
  expect(onDay(unit, life, '2023-06-01').otherNames).toEqual(unit.otherNames);
});
