import { describe, expect, it } from 'vitest';
import { findMeant, findText, holdsText, searchKeyOf, wanted } from './textMatch.ts';

describe('a text that is looked for', () => {
  it.each([
    ['quang tri', 'Công an tỉnh Quảng Trị', 'FOLDED'],
    ['Quảng Trị', 'Công an tỉnh Quảng Trị', 'EXACT'],
    ['QUẢNG TR', 'Công an tỉnh Quảng Trị', 'EXACT'],
    ['dak lak', 'Đắk Lắk phát động', 'FOLDED'],
    ['covid-19', 'phòng, chống dịch COVID-19', 'EXACT'],
    ['quảng trì', 'Công an tỉnh Quảng Trị', 'FOLDED'],
    ['tri quang', 'Công an tỉnh Quảng Trị', 'WORDS'],
    ['quảng ninh', 'Công an tỉnh Quảng Trị, Ninh Bình', 'WORDS'],
  ])('"%s" is found in "%s": %s', (text, place, match) => {
    expect(findText(place, wanted(text))).toMatchObject({ match, slips: 0 });
  });

  it('is found by what may have been meant, with the fewest slips', () => {
    const phrases = [
      { text: 'quan tri', slips: 1, known: true },
      { text: 'quang tri', slips: 1, known: true },
      { text: 'quang tra', slips: 2, known: true },
    ];
    expect(findMeant('Công an tỉnh Quảng Trị', phrases)).toEqual({
      match: 'TYPO',
      slips: 1,
      excerpt: 'Công an tỉnh Quảng Trị',
    });
    expect(findMeant('Trà ở Quảng Trạch', phrases)).toMatchObject({ slips: 2 });
    expect(findMeant('Trà ở Quảng Ninh', phrases)).toBeNull();
  });

  it.each([
    ['uang tri', 'Công an tỉnh Quảng Trị'],
    ['quang ninh', 'Công an tỉnh Quảng Trị'],
  ])('"%s" is not found in "%s"', (text, place) => {
    expect(findText(place, wanted(text))).toBeNull();
  });

  it('prefers the place with the diacritics typed, and shows the words around it', () => {
    const text = 'một hai ba bốn năm sáu bảy tám chín mười hoá rồi hóa xanh vùng đỏ nhé các bạn';
    expect(findText(text, wanted('hóa xanh'))).toEqual({
      match: 'EXACT',
      slips: 0,
      excerpt: '… năm sáu bảy tám chín mười hoá rồi hóa xanh vùng đỏ nhé các bạn',
    });
  });

  it.each(['', ' ', 'a', '?!', 'x'.repeat(201)])('"%s" is refused', (text) => {
    expect(() => wanted(text)).toThrow(/2 to 200/u);
  });

  it.each([
    // Two whole words of a longer phrase; two, or the only one, as far as they are typed.
    ['Công an Quảng T', ['4 an quang'], '(^|\\s)cong an quang t'],
    ['Quảng T', [/^4 quang t/], '(^|\\s)quang t'],
    ['quản', [/^4quan/], '(^|\\s)quan'],
  ])('"%s" is looked up by %j', (text, $in, $regex) => {
    expect(holdsText(['ARTICLE_TITLE'], wanted(text))).toEqual({
      $and: [{ searchTerms: { $in } }, { searchKey: { $regex } }],
    });
  });

  it('has a key in which no phrase runs from one text into the next', () => {
    const key = searchKeyOf(['Quảng', null, 'Trị an']);
    expect(key).toBe('quang\ntri an');
    expect(/(^|\s)quang tri/u.test(key)).toBe(false);
  });
});
