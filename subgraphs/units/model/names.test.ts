import { expect, test } from 'vitest';
import { asTyped, formsOf } from './names.ts';

test.each([
  ['Công an xã Tân Thành', 'xã tân thành'],
  ['cong an xa tan thanh', 'xa tan thanh'],
  ['CA xã Tân Thành', 'xã tân thành'],
  ['  TP.  Hà Nội ', 'thành phố hà nội'],
  ['P.12', 'phường 12'],
  ['q 1', 'quận 1'],
  ['Phúc Xá', 'phúc xá'],
  ['công an', 'công an'],
  ['tx', 'tx'],
])('"%s" is looked for as "%s"', (typed, expected) => {
  expect(asTyped(typed)).toBe(expected);
});

test.each([
  ['Công an phường Phúc Xá', ['phường phúc xá', 'phúc xá']],
  ['Công an xã Xà Phiên', ['xã xà phiên', 'xà phiên']],
  ['Bộ Công an', ['bộ công an']],
  ['Phòng số 01, Công an tỉnh Hà Giang', ['phòng số 01, công an tỉnh hà giang']],
])('%s is found by %j', (name, forms) => {
  expect(formsOf(name)).toEqual(forms);
});
