import { expect, test } from 'vitest';
import { withoutKeys } from './keyboard.ts';

test.each([
  ['quangr', 'quang'],
  ['quarng', 'quang'],
  ['trij', 'tri'],
  ['ddaks', 'dak'],
  ['laks', 'lak'],
  ['ddawks', 'dak'],
  ['hoaf', 'hoa'],
  ['binhf', 'binh'],
  ['huees', 'hue'],
  ['dduowcj', 'duoc'],
  ['thuwowng', 'thuong'],
  ['tw', 'tu'],
  ['xax', 'xa'],
  ['nghieem', 'nghiem'],
  ['sons', 'son'],
  ['da9k', 'dak'],
  ['d9a81k', 'dak'],
  ['la81k', 'lak'],
  ['tri5', 'tri'],
  ['quang3', 'quang'],
  // Nothing of a keyboard in them.
  ['quang', 'quang'],
  ['tri', 'tri'],
  ['xa', 'xa'],
  ['dak', 'dak'],
  ['12', '12'],
])('"%s" is "%s"', (typed, expected) => {
  expect(withoutKeys(typed)).toBe(expected);
});
