import { expect, it } from 'vitest';
import { evidenceProblems } from './evidence.ts';

const piece = (digit: string, part = {}) => ({
  number: '12/BC',
  date: null,
  title: null,
  url: null,
  sha256: digit.repeat(64),
  ...part,
});
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => piece('x', { sha256: `${index}` }));

it.each([
  ['a number', [], [piece('a')], []],
  ['a title alone', [], [piece('a', { number: null, title: 'Báo cáo' })], []],
  ['an address alone', [], [piece('a', { number: null, url: 'https://a.vn/b' })], []],
  ['a check sum alone', [], [piece('a', { number: null })], ['input.evidence.0']],
  ['a day of today', [], [piece('a', { date: '2026-01-15' })], []],
  ['a day to come', [], [piece('a', { date: '2026-01-16' })], ['input.evidence.0.date']],
  ['a file that is there', [piece('a')], [piece('b'), piece('a')], ['input.evidence.1.sha256']],
  ['a file sent twice', [], [piece('a'), piece('a')], ['input.evidence.1.sha256']],
  ['the twentieth', many(19), [piece('a')], []],
  ['the twenty-first', many(20), [piece('a')], ['input.evidence']],
])('%s', (_, there, added, found) => {
  const problems = evidenceProblems(there, added, '2026-01-15');
  expect(problems.map(([code, { path }]) => [code, path?.join('.')])).toEqual(
    found.map((path) => ['INPUT_INVALID', path]),
  );
});
