import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { doc, text } from '../testing/literal.ts';
import { parseCollation } from './collation.ts';

const order = (spec: object, a: string, b: string): number =>
  parseCollation(doc(spec))?.compare(a, b) ?? Number.NaN;

const letters =
  'aAáàảãạăắằẳẵặâấầẩẫậbBcCdDđĐeéèẻẽẹêếềểễệghiíìỉĩịklmnoóòỏõọôốồổỗộơớờởỡợpqrstuúùủũụưứừửữựvxyýỳỷỹỵzñöüßçøå';
const others = ' -_.,;0123456789()/&%';

describe.each(['vi', 'en', 'en_US', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'sv', 'fi', 'ro', 'id'])(
  'locale %s',
  (locale) => {
    test.each([
      [1, 'base'],
      [2, 'accent'],
      [3, 'variant'],
    ] as const)('agrees with ICU at strength %i', (strength, sensitivity) => {
      const ours = parseCollation(doc({ locale, strength }));
      const theirs = new Intl.Collator(locale.replace('_', '-'), { sensitivity });
      const word = fc.string({ unit: fc.constantFrom(...letters, ...others), maxLength: 6 });
      fc.assert(
        fc.property(word, word, (a, b) => {
          expect(Math.sign(ours?.compare(a, b) ?? Number.NaN)).toBe(Math.sign(theirs.compare(a, b)));
        }),
        { numRuns: 1500 },
      );
    });
  },
);

test.each([
  [{ locale: 'en', strength: 2 }, 'résumé', 'RÉSUMÉ', 0],
  [{ locale: 'en', strength: 1 }, 'resume', 'RÉSUMÉ', 0],
  [{ locale: 'en', strength: 2 }, 'resume', 'résumé', -1],
  [{ locale: 'en' }, 'a', 'A', -1],
  [{ locale: 'en', caseFirst: 'upper' }, 'a', 'A', 1],
  [{ locale: 'en', caseFirst: 'upper' }, 'ab', 'Aa', 1],
  [{ locale: 'en', strength: 1, caseLevel: true }, 'a', 'A', -1],
  [{ locale: 'en', strength: 1, caseLevel: true }, 'á', 'a', 0],
  [{ locale: 'en', numericOrdering: true }, 'a10', 'a9', 1],
  [{ locale: 'en' }, 'a10', 'a9', -1],
  [{ locale: 'en', numericOrdering: true }, 'a010', 'a10', 0],
  [{ locale: 'en', numericOrdering: true }, '2', '10a', -1],
  [{ locale: 'en', alternate: 'shifted' }, 'black-bird', 'blackbird', 0],
  [{ locale: 'en', alternate: 'shifted', maxVariable: 'space' }, 'black bird', 'blackbird', 0],
  [{ locale: 'en', alternate: 'shifted', maxVariable: 'space' }, 'black-bird', 'blackbird', -1],
  [{ locale: 'en', alternate: 'shifted', strength: 4 }, 'black-bird', 'blackbird', -1],
  [{ locale: 'en' }, 'black-bird', 'blackbird', -1],
  [{ locale: 'fr', backwards: true }, 'côte', 'coté', -1],
  [{ locale: 'fr' }, 'côte', 'coté', 1],
  [{ locale: 'vi' }, 'đ', 'dz', 1],
  [{ locale: 'en' }, 'đ', 'dz', -1],
  [{ locale: 'vi', strength: 1 }, 'ă', 'a', 1],
  [{ locale: 'vi', strength: 1 }, 'ấ', 'â', 0],
  [{ locale: 'vi' }, 'hà', 'hả', -1],
  [{ locale: 'vi' }, 'ngã', 'ngá', -1],
  [{ locale: 'en' }, '😀', 'z', 1],
  [{ locale: 'en' }, '', 'a', -1],
] as const)('%j puts %j and %j at %i', (spec, a, b, expected) => {
  expect(order(spec, a, b)).toBe(expected);
});

test.each([
  [{}, 40414],
  [{ locale: 'en', foo: 1 }, 40415],
  [{ locale: 'xx_YY' }, 2],
  [{ locale: '%%' }, 2],
  [{ locale: 'zh' }, 238],
  [{ locale: 'en', strength: 6 }, 2],
  [{ locale: 'en', caseFirst: 'x' }, 2],
  [{ locale: 5 }, 14],
  [{ locale: 'simple', strength: 1 }, 2],
  [{ locale: 'fr', backwards: true, strength: 1 }, 2],
  [{ locale: 'en', caseFirst: 'upper', strength: 2 }, 2],
])('the collation %j is refused with %i', (spec, code) => {
  expect(() => parseCollation(doc(spec))).toThrow(expect.objectContaining({ code }));
});

test('the simple collation is none, and a listing names every option', () => {
  expect(parseCollation(doc({ locale: 'simple' }))).toBeUndefined();
  expect(text(parseCollation(doc({ locale: 'vi', strength: 2 }))?.spec)).toBe(
    '{locale: "vi", caseLevel: false, caseFirst: "off", strength: 2, numericOrdering: false, alternate: "non-ignorable", maxVariable: "punct", normalization: false, backwards: false, version: "57.1"}',
  );
});
