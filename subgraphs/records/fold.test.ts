import { expect, test } from 'vitest';
import { fold, foldName } from './fold.ts';

test.each([
  ['Đắk Lắk', 'dak lak'],
  ['dak lak', 'dak lak'],
  ['  Quảng   Trị ', 'quang tri'],
  ['Bà Rịa - Vũng Tàu', 'ba ria vung tau'],
  ['Thừa Thiên Huế'.normalize('NFD'), 'thua thien hue'],
  ["Xã Đắk R'Tíh", 'xa dak r tih'],
  ['ƯỚC MƠ', 'uoc mo'],
])('%s is found as "%s"', (text, key) => {
  expect(fold(text)).toBe(key);
});

test.each([
  ['Xã Tân Thành', 'tan thanh'],
  ['Công an xã Tân Thành', 'tan thanh'],
  ['Thành phố Hồ Chí Minh', 'ho chi minh'],
  ['Phường 1', '1'],
  ['TP. Huế', 'hue'],
  ['Huyện', 'huyen'],
])('without its kind, %s is found as "%s"', (name, key) => {
  expect(foldName(name)).toBe(key);
});
