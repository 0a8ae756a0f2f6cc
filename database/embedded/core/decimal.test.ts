import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalFromDouble, decimalToString } from './decimal.ts';
import {
  absDecimal,
  addDecimals,
  decimalToDouble,
  decimalToInteger,
  divideDecimals,
  multiplyDecimals,
  remainderDecimals,
  roundDecimal,
  sqrtDecimal,
  subtractDecimals,
} from './decimalmath.ts';
import { decimal } from './testing/literal.ts';

const binary = {
  '+': addDecimals,
  '-': subtractDecimals,
  '*': multiplyDecimals,
  '/': divideDecimals,
  '%': remainderDecimals,
};

test.each([
  ['1', '+', '0.10', '1.10'],
  ['0.1', '+', '0.2', '0.3'],
  ['1E+40', '+', '1', '1.000000000000000000000000000000000E+40'],
  ['Infinity', '+', '-Infinity', 'NaN'],
  ['5', '-', '5', '0'],
  ['-0', '+', '0', '0'],
  ['1.20', '*', '3', '3.60'],
  ['9.999999999999999999999999999999999E+6144', '*', '10', 'Infinity'],
  ['0', '*', 'Infinity', 'NaN'],
  ['1', '/', '3', '0.3333333333333333333333333333333333'],
  ['2', '/', '3', '0.6666666666666666666666666666666667'],
  ['1', '/', '4', '0.25'],
  ['10', '/', '5', '2'],
  ['1', '/', '0', 'Infinity'],
  ['0', '/', '0', 'NaN'],
  ['7.5', '%', '2', '1.5'],
  ['-7', '%', '3', '-1'],
  ['7', '%', '0', 'NaN'],
  ['1E-6176', '/', '2', '0E-6176'],
] as const)('%s %s %s = %s', (a, operator, b, expected) => {
  expect(decimalToString(binary[operator](decimal(a), decimal(b)))).toBe(expected);
});

test.each([
  ['2.5', 0, 'even', '2'],
  ['3.5', 0, 'even', '4'],
  ['-2.5', 0, 'floor', '-3'],
  ['-2.5', 0, 'ceiling', '-2'],
  ['2.59', 1, 'truncate', '2.5'],
  ['1234', -2, 'even', '1.2E+3'],
  ['1E-50', 0, 'ceiling', '1'],
  ['12.3', 5, 'even', '12.3'],
] as const)('%s rounded to %i places (%s) is %s', (value, place, rounding, expected) => {
  expect(decimalToString(roundDecimal(decimal(value), place, rounding))).toBe(expected);
});

test.each([
  ['4', '2'],
  ['2', '1.414213562373095048801688724209698'],
  ['0.25', '0.5'],
  ['1E+3', '31.62277660168379331998893544432719'],
  ['-1', 'NaN'],
])('the root of %s is %s', (value, expected) => {
  expect(decimalToString(sqrtDecimal(decimal(value)))).toBe(expected);
});

test.each([
  [0.1, '0.100000000000000'],
  [5, '5.00000000000000'],
  [0, '0'],
  [-1.5, '-1.50000000000000'],
  [1e300, '1.00000000000000E+300'],
  [Number.NaN, 'NaN'],
  [Number.NEGATIVE_INFINITY, '-Infinity'],
])('the double %s becomes %s', (value, expected) => {
  expect(decimalToString(decimalFromDouble(value))).toBe(expected);
});

describe('conversions', () => {
  test('to integers cut the fraction', () => {
    expect(decimalToInteger(decimal('-12.9'))).toBe(-12n);
    expect(decimalToInteger(decimal('1E+10'))).toBe(10_000_000_000n);
    expect(decimalToInteger(decimal('NaN'))).toBeUndefined();
    expect(decimalToInteger(decimal('1E+400'))).toBeUndefined();
  });

  test('to doubles and back agree with 34 digits', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (n) => {
        expect(decimalToDouble(decimalFromDouble(n, 34)) === n || Object.is(n, -0)).toBe(true);
      }),
    );
  });

  test('the magnitude drops the sign', () => {
    expect(decimalToString(absDecimal(decimal('-1.50')))).toBe('1.50');
  });
});

test('sums and products of small integers are exact', () => {
  const small = fc.bigInt(-(10n ** 16n), 10n ** 16n);
  fc.assert(
    fc.property(small, small, (a, b) => {
      expect(decimalToInteger(addDecimals(decimal(String(a)), decimal(String(b))))).toBe(a + b);
      expect(decimalToInteger(multiplyDecimals(decimal(String(a)), decimal(String(b))))).toBe(a * b);
    }),
  );
});
