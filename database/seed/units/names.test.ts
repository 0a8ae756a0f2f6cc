import { expect, test } from 'vitest';
import { type Area, identityKey } from './lists.ts';
import { bareName, numberedName, policeOf, unitName } from './names.ts';

const area = (name: string, type: Area['type']): Area => ({
  code: '1',
  name,
  type,
  parentCode: null,
  key: identityKey(name),
});

test.each([
  ['Thành phố Hà Nội', 'Công an thành phố Hà Nội', 'Hà Nội'],
  ['Tỉnh Bà Rịa - Vũng Tàu', 'Công an tỉnh Bà Rịa - Vũng Tàu', 'Bà Rịa - Vũng Tàu'],
  ['Quận Ba Đình', 'Công an quận Ba Đình', 'Ba Đình'],
  ['Thành Phố Đồng Hới', 'Công an thành phố Đồng Hới', 'Đồng Hới'],
  ['Quận 4', 'Công an quận 4', 'Quận 4'],
  ['Phường 05', 'Công an phường 05', 'Phường 05'],
  ['Thị trấn Nông trường Mộc Châu', 'Công an thị trấn Nông trường Mộc Châu', 'Nông trường Mộc Châu'],
  ['Đặc khu Phú Quốc', 'Công an đặc khu Phú Quốc', 'Phú Quốc'],
])('%s is policed by %s, in short %s', (name, police, bare) => {
  expect([policeOf(name), bareName(name)]).toEqual([police, bare]);
});

test.each([
  ['Thành phố Hà Nội', 'CENTRAL_CITY', 'Hanoi City Police'],
  ['Thành phố Hồ Chí Minh', 'CENTRAL_CITY', 'Ho Chi Minh City Police'],
  ['Tỉnh Đắk Lắk', 'PROVINCE', 'Dak Lak Provincial Police'],
  ['Quận Ba Đình', 'URBAN_DISTRICT', null],
] as const)('%s in English', (name, type, en) => {
  expect(unitName(area(name, type)).en).toBe(en);
});

test('a numbered unit has an English name only where its superior has one', () => {
  const division = { vi: 'Phòng', en: 'Division' };
  expect(
    numberedName(division, '01', { vi: 'Công an tỉnh Hà Giang', en: 'Ha Giang Provincial Police' }),
  ).toEqual({
    vi: 'Phòng số 01, Công an tỉnh Hà Giang',
    en: 'Division No. 01, Ha Giang Provincial Police',
  });
  expect(numberedName(division, '01', { vi: 'Công an quận Ba Đình', en: null }).en).toBeNull();
});

test.each([
  ['Phường 05', 'Phường 5'],
  ['Xã Hòa Bình', 'Phường Hoà Bình'],
  ['Xã  A Dơi', 'Xã A Dơi'],
])('%s and %s have one identity', (a, b) => {
  expect(identityKey(a)).toBe(identityKey(b));
});

test('numbers that differ stay apart', () => {
  expect(identityKey('Phường 10')).not.toBe(identityKey('Phường 1'));
});
