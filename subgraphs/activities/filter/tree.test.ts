import { describe, expect, it } from 'vitest';
import type { UnitVersionCopy } from '../../../schema/events.ts';
import type { UnitCopyRow } from '../../copies/units.ts';
import { TreeOn } from './tree.ts';

const version = (path: string, from: string, before: string | null = null): UnitVersionCopy => ({
  path,
  level: path.split('/').length === 4 ? 'PROVINCE' : path.split('/').length === 3 ? 'MINISTRY' : 'COMMUNE',
  provinceCode: path.split('/').length > 3 ? (path.split('/')[2]?.slice(1, 3) ?? null) : null,
  regionCode: path.split('/').length > 3 ? 'BAC_TRUNG_BO' : null,
  from,
  before,
});

const unit = (code: string, versions: UnitVersionCopy[], successor: string | null = null): UnitCopyRow => ({
  _id: `id-${code}`,
  code,
  versions,
  successorId: successor && `id-${successor}`,
  version: 1,
});

const merger = '2025-07-01';
const units = [
  unit('BCA', [version('/BCA/', '2021-08-01')]),
  unit('T44.1', [version('/BCA/T44.1/', '2021-08-01', merger)], 'T45.2'),
  unit('T45.2', [version('/BCA/T45.2/', merger)]),
  unit('X1.1', [version('/BCA/T44.1/X1.1/', '2021-08-01', merger)], 'X1.2'),
  unit('X1.2', [version('/BCA/T45.2/X1.2/', merger)]),
  unit('X2.1', [version('/BCA/T44.1/X2.1/', '2021-08-01', merger)]),
  unit('T99.1', [version('/BCA/T99.1/', '2021-08-01', merger)]),
  unit('X9.1', [version('/BCA/T99.1/X9.1/', '2021-08-01', merger)]),
];

describe('the tree of a day', () => {
  it.each([
    ['2021-09-01', 'X1.1', '/BCA/T44.1/X1.1/', true, 'a unit that lives stands where it is'],
    ['2026-01-01', 'X1.1', '/BCA/T45.2/X1.2/', true, 'a closed one stands at its full successor'],
    ['2026-01-01', 'X2.1', '/BCA/T45.2/', false, 'without successor, at what took the unit above it over'],
    ['2026-01-01', 'X9.1', '/BCA/', false, 'and so on upwards'],
    ['2021-09-01', 'X1.2', '/BCA/', false, 'a unit of later stands above where it will be'],
    ['2026-01-01', 'unknown', '/', false, 'a unit that nobody knows stands at the very top'],
  ])('on %s places %s at %s (exact: %s): %s', (date, code, path, exact) => {
    expect(new TreeOn(units, date).placeOf(`id-${code}`)).toMatchObject({ path, exact });
  });

  it('knows the level and the province of the place, not of the unit', () => {
    expect(new TreeOn(units, '2026-01-01').placeOf('id-X2.1').version).toMatchObject({
      level: 'PROVINCE',
      provinceCode: '45',
    });
  });

  it('finds all units whose facts stand under a path', () => {
    const { inside, outside } = new TreeOn(units, '2026-01-01').splitAt(['/BCA/T45.2/']);
    expect(outside.sort()).toEqual(['id-BCA', 'id-T99.1', 'id-X9.1']);
    expect(inside.sort()).toEqual(['id-T44.1', 'id-T45.2', 'id-X1.1', 'id-X1.2', 'id-X2.1']);
  });
});
