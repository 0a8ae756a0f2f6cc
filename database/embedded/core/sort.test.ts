import { expect, test } from 'vitest';
import { parseCollation } from './collation/collation.ts';
import { compileSort } from './sort.ts';
import { doc, stored, text } from './testing/literal.ts';
import { UNDEFINED } from './values.ts';

test.each([
  [{ a: 1 }, [{ a: 2 }, { a: 'x' }, {}, { a: 1 }], ['{}', '{a: 1}', '{a: 2}', '{a: "x"}']],
  [{ a: -1 }, [{ a: 1 }, { a: [5, 0] }, { a: 3 }], ['{a: [5, 0]}', '{a: 3}', '{a: 1}']],
  [{ a: 1 }, [{ a: 1 }, { a: [5, 0] }, { a: 3 }], ['{a: [5, 0]}', '{a: 1}', '{a: 3}']],
  [{ a: 1 }, [{ a: null }, { a: [] }, { a: 0 }], ['{a: []}', '{a: null}', '{a: 0}']],
  [{ a: 1 }, [{ a: [[1]] }, { a: [9] }], ['{a: [9]}', '{a: [[1]]}']],
  [{ 'a.b': 1 }, [{ a: [{ b: 3 }, { b: 1 }] }, { a: { b: 2 } }], ['{a: [{b: 3}, {b: 1}]}', '{a: {b: 2}}']],
  [{ 'a.b': 1 }, [{ a: { b: 0 } }, { a: [5] }], ['{a: [5]}', '{a: {b: 0}}']],
  [{ 'a.0': 1 }, [{ a: [2, 0] }, { a: [1, 9] }], ['{a: [1, 9]}', '{a: [2, 0]}']],
  [
    { 'a.x': 1, 'a.y': -1 },
    [
      { a: [{ x: 1, y: 1 }] },
      {
        a: [
          { x: 1, y: 5 },
          { x: 2, y: 9 },
        ],
      },
    ],
    ['{a: [{x: 1, y: 5}, {x: 2, y: 9}]}', '{a: [{x: 1, y: 1}]}'],
  ],
  [
    { a: 1, b: -1 },
    [
      { a: 1, b: 1 },
      { a: 1, b: 2 },
    ],
    ['{a: 1, b: 2}', '{a: 1, b: 1}'],
  ],
])('by %j', (spec, documents, expected) => {
  const sorter = compileSort(doc(spec));
  const sorted = documents.map(stored).sort((a, b) => sorter.compare(a, b));
  expect(sorted.map(text)).toEqual(expected);
});

test('undefined comes before null', () => {
  expect(compileSort(doc({ a: 1 })).compare(doc({ a: UNDEFINED }), doc({ a: null }))).toBe(-1);
});

test('texts follow the collation', () => {
  const sorter = compileSort(doc({ a: 1 }), parseCollation(doc({ locale: 'vi' })));
  const words = ['đá', 'dz', 'ấm', 'ăn', 'ao'].map((a) => doc({ a }));
  expect(words.sort((a, b) => sorter.compare(a, b)).map((d) => d.get('a'))).toEqual([
    'ao',
    'ăn',
    'ấm',
    'dz',
    'đá',
  ]);
});

test.each([
  [{ a: 0 }, 15975],
  [{ a: 2 }, 15975],
  [{ a: 'x' }, 15974],
  [{ a: { $meta: 'textScore' } }, 238],
  [{ a: { b: 1 } }, 17312],
  [{ 'a.': 1 }, 40353],
  [{ $a: 1 }, 16410],
])('%j is refused with %i', (spec, code) => {
  expect(() => compileSort(doc(spec))).toThrow(expect.objectContaining({ code }));
});

test('independent arrays cannot be sorted by together', () => {
  const sorter = compileSort(doc({ a: 1, b: 1 }));
  expect(() => sorter.keyOf(doc({ a: [1], b: [1] }))).toThrow(
    expect.objectContaining({ code: 2, message: 'cannot sort with keys that are parallel arrays' }),
  );
});
