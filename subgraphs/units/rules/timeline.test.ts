import { describe, expect, it } from 'vitest';
import { begun, changedFrom, endedOn, type Shape, type Versions, versionAt } from './timeline.ts';

const shape: Shape = {
  name: { vi: 'Công an xã A' },
  parentId: 'unt_p',
  path: '/BCA/X1.1/',
  depth: 2,
  provinceCode: null,
  regionCode: null,
  adminCode: null,
  adminListDate: null,
};
const life = begun({ unitId: 'unt_1', code: 'X1.1', level: 'COMMUNE' }, '2021-08-01', shape);
const spans = (versions: Versions) =>
  versions.map(({ _id, from, before, existsBefore, path }) => [_id, from, before, existsBefore, path]);

describe('the versions of a unit', () => {
  it('begin open', () => {
    expect(spans(life)).toEqual([['X1.1@2021-08-01', '2021-08-01', null, null, '/BCA/X1.1/']]);
  });

  it('are cut where something changes: no gap, no overlap', () => {
    expect(spans(changedFrom(life, '2025-07-01', { path: '/BCA/T1.1/X1.1/' }))).toEqual([
      ['X1.1@2021-08-01', '2021-08-01', '2025-07-01', null, '/BCA/X1.1/'],
      ['X1.1@2025-07-01', '2025-07-01', null, null, '/BCA/T1.1/X1.1/'],
    ]);
  });

  it('are replaced by a change on their first day', () => {
    expect(spans(changedFrom(life, '2021-08-01', { path: '/BCA/T1.1/X1.1/' }))).toEqual([
      ['X1.1@2021-08-01', '2021-08-01', null, null, '/BCA/T1.1/X1.1/'],
    ]);
  });

  it('end on the day of the end, which all of them know', () => {
    const changed = changedFrom(life, '2025-07-01', {});
    expect(spans(endedOn(changed, '2026-01-01'))).toEqual([
      ['X1.1@2021-08-01', '2021-08-01', '2025-07-01', '2026-01-01', '/BCA/X1.1/'],
      ['X1.1@2025-07-01', '2025-07-01', '2026-01-01', '2026-01-01', '/BCA/X1.1/'],
    ]);
    expect(spans(endedOn(changed, '2025-07-01'))).toEqual([
      ['X1.1@2021-08-01', '2021-08-01', '2025-07-01', '2025-07-01', '/BCA/X1.1/'],
    ]);
  });

  it.each([
    ['2020-01-01', '2021-08-01'],
    ['2021-08-01', '2021-08-01'],
    ['2025-06-30', '2021-08-01'],
    ['2025-07-01', '2025-07-01'],
    ['2030-01-01', '2025-07-01'],
  ])('on %s are those from %s, or the nearest', (day, from) => {
    expect(versionAt(changedFrom(life, '2025-07-01', {}), day).from).toBe(from);
  });
});
