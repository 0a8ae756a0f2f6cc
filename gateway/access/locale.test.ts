import { expect, test } from 'vitest';
import { localeOf } from './locale.ts';

test.each([
  [undefined, 'VI'],
  ['en', 'EN'],
  ['en-GB,en;q=0.9,vi;q=0.8', 'EN'],
  ['vi;q=0.9, en;q=0.8', 'VI'],
  ['fr, en;q=0.5', 'EN'],
  ['fr', 'VI'],
  ['en;q=0', 'VI'],
  ['vi, en', 'VI'],
])('Accept-Language %j speaks %s', (header, locale) => {
  expect(localeOf(header === undefined ? {} : { 'accept-language': header })).toBe(locale);
});
