import { describe, expect, it } from 'vitest';
import { findText, holdsText, searchKeyOf, searchWordsOf, wanted } from './textMatch.ts';

describe('a text that is looked for', () => {
  it.each([
    ['quang tri', 'Công an tỉnh Quảng Trị', false],
    ['Quảng Trị', 'Công an tỉnh Quảng Trị', true],
    ['QUẢNG TR', 'Công an tỉnh Quảng Trị', true],
    ['dak lak', 'Đắk Lắk phát động', false],
    ['covid-19', 'phòng, chống dịch COVID-19', true],
    ['quảng trì', 'Công an tỉnh Quảng Trị', false],
  ])('"%s" is found in "%s", exactly: %s', (text, place, exact) => {
    expect(findText(place, wanted(text))).toMatchObject({ exact });
  });

  it.each([
    ['uang tri', 'Công an tỉnh Quảng Trị'],
    ['quang ninh', 'Công an tỉnh Quảng Trị, Ninh Bình'],
    ['tri quang', 'Quảng Trị'],
  ])('"%s" is not found in "%s"', (text, place) => {
    expect(findText(place, wanted(text))).toBeNull();
  });

  it('prefers the place with the diacritics typed, and shows the words around it', () => {
    const text = 'một hai ba bốn năm sáu bảy tám chín mười hoá rồi hóa xanh vùng đỏ nhé các bạn';
    expect(findText(text, wanted('hóa xanh'))).toEqual({
      exact: true,
      excerpt: '… năm sáu bảy tám chín mười hoá rồi hóa xanh vùng đỏ nhé các bạn',
    });
  });

  it.each(['', ' ', 'a', '?!', 'x'.repeat(201)])('"%s" is refused', (text) => {
    expect(() => wanted(text)).toThrow(/2 to 200/u);
  });

  it('is looked up by its longest whole word, or by the beginning of its only one', () => {
    expect(holdsText(wanted('Công an Quảng T'))).toEqual({
      $and: [{ searchWords: 'quang' }, { searchKey: { $regex: '(^|\\s)cong an quang t' } }],
    });
    expect(holdsText(wanted('quản'))).toEqual({
      $and: [{ searchWords: { $regex: '^quan' } }, { searchKey: { $regex: '(^|\\s)quan' } }],
    });
  });

  it('has a key in which no phrase runs from one text into the next', () => {
    const key = searchKeyOf(['Quảng', null, 'Trị an']);
    expect(key).toBe('quang\ntri an');
    expect(/(^|\s)quang tri/u.test(key)).toBe(false);
    expect(searchWordsOf(key)).toEqual(['quang', 'tri', 'an']);
  });
});
