import { describe, expect, it } from 'vitest';
import { digitsOfNumber, holdsNumber, tailOfNumber } from './identityNumber.ts';

describe('an identity number', () => {
  it.each([
    ['twelve digits', '000200000001', '000200000001'],
    ['nine digits of an old card', '000000001', '000000001'],
    ['digits with spaces between', '000 200 000 001', '000200000001'],
    ['digits with dots and hyphens between', '000.200-000.001', '000200000001'],
    ['digits with spaces around', ' 000200000001\t', '000200000001'],
  ])('has its form: %s', (_, typed, digits) => {
    expect(digitsOfNumber(typed)).toBe(digits);
  });

  it.each([
    ['nothing', ''],
    ['blanks', '   '],
    ['ten digits', '0002000000'],
    ['eleven digits', '00020000000'],
    ['thirteen digits', '0002000000011'],
    ['eight digits', '00000001'],
    ['a letter', '00020000000a'],
    ['digits of another script', '００００２０００００００１'],
    ['a sign', '+00020000001'],
    ['a fraction', '0002000000,1'],
  ])('has not: %s', (_, typed) => {
    expect(digitsOfNumber(typed)).toBeNull();
  });

  it('is kept by its last three digits only', () => {
    expect(tailOfNumber('000200000123')).toBe('123');
  });
});

it.each([
  ['Theo đề nghị của hộ có số 000200000001', true],
  ['Hộ có số 000 200 000 001 đề nghị', true],
  ['CMND 000-000-001', true],
  ['Theo Quyết định số 1234/QĐ-BCA ngày 2021-08-15', false],
  ['Đợt hai, 100.000.000 đồng, từ 01.09.2021 đến 15.09.2021', false],
])('a reason seems to hold a number or not: %s', (text, found) => {
  expect(holdsNumber(text)).toBe(found);
});
