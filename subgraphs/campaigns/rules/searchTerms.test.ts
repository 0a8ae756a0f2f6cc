import { expect, test } from 'vitest';
import { hasTerm, narrowOf, searchTermsOf } from './searchTerms.ts';

test('a text is found by its words and every two that stand together, as they are written and without marks', () => {
  expect(searchTermsOf([['TITLE', ['Quảng Trị an']]])).toEqual([
    '1quảng',
    '1trị',
    '1an',
    '1 quảng trị',
    '1 trị an',
    '1quang',
    '1tri',
    '1 quang tri',
    '1 tri an',
  ]);
});

test('a term stands at the first place that holds it, and no two words run from one text into the next', () => {
  const terms = searchTermsOf([
    ['ARTICLE_TITLE', ['Tin vui', null]],
    ['ARTICLE_BODY', ['Vui tin', 'tin vui']],
  ]);
  expect(terms).toEqual(['4tin', '4vui', '4 tin vui', '5 vui tin']);
});

test.each([
  [['quang'], { text: 'quang', begins: true }],
  [['quang', 'tr'], { text: 'quang tr', begins: true }],
  [['cong', 'an', 'quang', 'tr'], { text: 'an quang', begins: false }],
])('%j is narrowed by %j', (words, narrow) => {
  expect(narrowOf(words)).toEqual(narrow);
});

test('terms are looked for at each place, those that weigh most first', () => {
  const narrow = [
    { text: 'quang tri', begins: false },
    { text: 'quang t', begins: true },
  ];
  expect(hasTerm(['CODE', 'TITLE'], narrow)).toEqual({
    searchTerms: { $in: ['0 quang tri', /^0 quang t/, '1 quang tri', /^1 quang t/] },
  });
});
