import { expect, test } from 'vitest';
import { type Area, type AreaList, identityKey, type MapRow, readList2021, readList2025 } from './lists.ts';
import { readSuccession } from './succession.ts';

const area = (
  code: string,
  name: string,
  parentCode: string | null,
  type: Area['type'] = 'COMMUNE',
): Area => ({
  code,
  name,
  type,
  parentCode,
  key: identityKey(name),
});

const before: AreaList = {
  provinces: [area('1', 'Tỉnh Đông', null, 'PROVINCE')],
  districts: [
    area('11', 'Huyện Núi', '1', 'RURAL_DISTRICT'),
    area('12', 'Huyện Biển', '1', 'RURAL_DISTRICT'),
  ],
  communes: [
    area('111', 'Xã An', '11'),
    area('112', 'Xã Bình', '11'),
    area('113', 'Thị trấn Bình', '11', 'TOWNSHIP'),
    area('121', 'Xã An', '12'),
    area('122', 'Xã Cát', '12'),
  ],
};
const after: AreaList = {
  provinces: [area('1', 'Tỉnh Đông', null, 'PROVINCE')],
  districts: [],
  communes: [area('111', 'Xã An', '1'), area('122', 'Phường Mới', '1', 'WARD')],
};

const row = (
  old: readonly [string | null, string | null, string | null],
  to: readonly [string, string],
): MapRow => ({
  old_ward_code: old[0],
  old_ward_name: old[1],
  old_district_name: old[2],
  old_province_name: old[1] === null ? null : 'Tỉnh Đông',
  new_ward_code: to[0],
  new_ward_name: to[1],
  new_province_name: 'Đông',
});
const targetsOf = (...rows: MapRow[]) => Object.fromEntries(readSuccession(before, after, rows).targets);

test('a row is resolved by its code, or by province, district and name', () => {
  expect(
    targetsOf(
      row(['111', 'Xã An', 'Huyện Núi'], ['111', 'Xã An']),
      row([null, 'Xã An', 'Thị xã Biển'], ['122', 'Phường Mới']),
    ),
  ).toEqual({ '111': [{ code: '111', share: 'FULL' }], '121': [{ code: '122', share: 'FULL' }] });
});

test('of two names that fold to one, the one written just so is meant', () => {
  expect(targetsOf(row([null, 'Thị trấn Bình', 'Huyện Núi'], ['111', 'Xã An']))).toEqual({
    '113': [{ code: '111', share: 'FULL' }],
  });
});

test('a code of one commune with the name of another speaks of both: they had merged in between', () => {
  expect(Object.keys(targetsOf(row(['111', 'Xã Bình', 'Huyện Núi'], ['111', 'Xã An'])))).toEqual([
    '111',
    '112',
  ]);
});

test('a new code that does not go with its name is looked up by the name', () => {
  expect(targetsOf(row(['121', 'Xã An', 'Huyện Biển'], ['111', 'Phường Mới']))).toEqual({
    '121': [{ code: '122', share: 'FULL' }],
  });
});

test('two targets make each a part', () => {
  const { '122': parts } = targetsOf(
    row(['122', 'Xã Cát', 'Huyện Biển'], ['111', 'Xã An']),
    row(['122', 'Xã Cát', 'Huyện Biển'], ['122', 'Phường Mới']),
  );
  expect(parts).toEqual([
    { code: '111', share: 'PARTIAL' },
    { code: '122', share: 'PARTIAL' },
  ]);
});

test('an unresolved row that may mean a commune takes its FULL away', () => {
  expect(
    targetsOf(
      row(['122', 'Xã Cát', 'Huyện Biển'], ['122', 'Phường Mới']),
      row([null, 'Xã Cát', 'Huyện Mới'], ['111', 'Xã An']),
    ),
  ).toEqual({ '122': [{ code: '122', share: 'PARTIAL' }] });
});

test('the packages hold what they are known to hold, and the map reads as counted', () => {
  const list2021 = readList2021();
  const { list: list2025, map } = readList2025();
  const sizes = ({ provinces, districts, communes }: AreaList) => [
    provinces.length,
    districts.length,
    communes.length,
  ];
  expect(sizes(list2021)).toEqual([63, 705, 10_599]);
  expect(sizes(list2025)).toEqual([34, 0, 3_321]);
  const { targets, sources, province, counts } = readSuccession(list2021, list2025, map);
  expect(counts).toEqual({
    rows: 10_977,
    rowsWithoutOldCode: 943,
    rowsWithForeignNewCode: 431,
    targetByCode: 10_524,
    targetByName: 453,
    sourceByCode: 9_941,
    sourceByName: 891,
    sourceByBoth: 90,
    unresolved: 55,
  });
  expect(province.size).toBe(63);
  const all = [...targets.values()];
  expect({
    communesWithTarget: all.length,
    full: all.filter(([first]) => first?.share === 'FULL').length,
    several: all.filter(({ length }) => length > 1).length,
    withoutSource: list2025.communes.filter(({ code }) => !sources.has(code)).map(({ name }) => name),
  }).toEqual({
    communesWithTarget: 10_523,
    full: 10_476,
    several: 28,
    withoutSource: [
      'Đặc khu Bạch Long Vĩ',
      'Đặc khu Cồn Cỏ',
      'Đặc khu Hoàng Sa',
      'Đặc khu Lý Sơn',
      'Xã Ia Mơ',
      'Đặc khu Côn Đảo',
    ],
  });
});
