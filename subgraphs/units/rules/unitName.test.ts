import { expect, test } from 'vitest';
import { isSameName, shortNameOf } from './unitName.ts';

test.each([
  ['Công an thị xã Thuận An', 'Công an thành phố Thuận An', true],
  ['Công an xã Hoà Bình', 'Công an phường Hòa Bình', true],
  ['Công an tỉnh Dak Lak', 'Công an tỉnh Đắk Lắk', true],
  ['Công an phường Hải Thành', 'Công an phường Hải Phú', false],
  ['Công an phường 1', 'Công an phường 2', false],
])('"%s" and "%s" are one name but for marks and kind: %s', (a, b, same) => {
  expect(isSameName(a, b)).toBe(same);
});

test.each([
  ['Công an phường Ba Đình', 'Ba Đình'],
  ['Công an quận 4', 'Quận 4'],
  ['Đơn vị trực thuộc Bộ số 01', 'Đơn vị trực thuộc Bộ số 01'],
])('the short name of "%s" is "%s"', (name, short) => {
  expect(shortNameOf(name)).toBe(short);
});
