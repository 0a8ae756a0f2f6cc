import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isVerifyCode, normalisedCode, verifyCodeOf } from './verifyCode.ts';

const bytes = fc.uint8Array({ minLength: 13, maxLength: 32 });

test('a code of any bytes is 20 letters and digits that normalise to themselves', () => {
  fc.assert(
    fc.property(bytes, (given) => {
      const code = verifyCodeOf(given);
      expect(isVerifyCode(code)).toBe(true);
      expect(normalisedCode(code)).toBe(code);
    }),
  );
});

test('a code holds the first 100 bits: bytes that differ there give different codes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 13, maxLength: 13 }), fc.nat(99), (given, bit) => {
      const other = Uint8Array.from(given);
      other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7));
      expect(verifyCodeOf(other)).not.toBe(verifyCodeOf(given));
    }),
  );
});

test('a code as people type it is the code as printed', () => {
  fc.assert(
    fc.property(bytes, (given) => {
      const code = verifyCodeOf(given);
      const typed = (code.match(/.{4}/gu) ?? [])
        .join(' - ')
        .toLowerCase()
        .replaceAll('0', 'o')
        .replaceAll('1', 'l');
      expect(normalisedCode(typed)).toBe(code);
    }),
  );
});

test('too few bytes give no code', () => {
  expect(() => verifyCodeOf(new Uint8Array(12))).toThrow(RangeError);
});

test.each(['', 'ABC', 'U'.repeat(20), `${'7'.repeat(19)}!`, '7'.repeat(21)])('%j is no code', (text) => {
  expect(isVerifyCode(normalisedCode(text))).toBe(false);
});
