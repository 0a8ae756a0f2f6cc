/** Crockford's alphabet: no I, L, O, U, which people misread on paper. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 20;

/**
 * Gives the code of a certificate from at least 13 bytes that nobody can guess: 20 letters and digits, 100 bits.
 * It is stored without dashes and printed in groups of four.
 */
export function verifyCodeOf(bytes: Uint8Array): string {
  let code = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5 && code.length < LENGTH) {
      bits -= 5;
      code += alphabet[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  if (code.length < LENGTH) throw new RangeError('A code needs at least 13 bytes.');
  return code;
}

/** Gives a typed code as it is stored: upper case, no spaces or dashes, and I, L, O as the digits they look like. */
export const normalisedCode = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/[\s–—-]+/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/gu, '1');

/** Gives a stored code as certificates bear it, in groups of four. */
export const printedCode = (code: string): string => code.match(/.{1,4}/gu)?.join('-') ?? '';

/** Whether a normalised code can be one of ours; anything else need not be looked up. */
export const isVerifyCode = (code: string): boolean =>
  new RegExp(`^[${alphabet}]{${LENGTH}}$`, 'u').test(code);
