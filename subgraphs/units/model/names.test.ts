import { expect, test } from 'vitest';
import { formsOf, readingsOf } from './names.ts';

test.each([
  ['Công an xã Tân Thành', ['xã tân thành']],
  ['cong an xa tan thanh', ['xa tan thanh']],
  ['CA xã Tân Thành', ['ca xã tân thành', 'xã tân thành']],
  ['  TP.  Hà Nội ', ['tp. hà nội', 'thành phố hà nội']],
  ['P.12', ['p.12', 'phường 12']],
  ['ca p. 12', ['ca p. 12', 'phường 12']],
  ['q 1', ['q 1', 'quận 1']],
  ['ca mau', ['ca mau', 'mau']],
  ['Phúc Xá', ['phúc xá']],
  ['công an', ['công an']],
  ['tx', ['tx']],
])('"%s" is read as %j', (typed, readings) => {
  expect(readingsOf(typed)).toEqual(readings);
});

test.each([
  ['Công an phường Phúc Xá', ['phường phúc xá', 'phúc xá']],
  ['Công an xã Xà Phiên', ['xã xà phiên', 'xà phiên']],
  ['Bộ Công an', ['bộ công an']],
  ['Phòng số 01, Công an tỉnh Hà Giang', ['phòng số 01, công an tỉnh hà giang']],
])('%s is found by %j', (name, forms) => {
  expect(formsOf(name)).toEqual(forms);
});
