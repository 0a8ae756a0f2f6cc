/**
 * The form of a citizen's identity number (DOMAIN §1): 12 digits (3 for the province or country of birth, 1 for century
 * and sex, 2 for the year, 6 random), or the 9 of an old card. There is no check digit: the right form proves nothing.
 * Nothing is read out of it. Synthetic numbers begin with the never-issued province 000.
 */
const form = /^(?:\d{3}\d\d{2}\d{6}|\d{9})$/u;

/** Spaces, dots and hyphens that people write between the digits. */
const between = /[\s.-]/gu;

/** Gives the bare digits of a number as somebody typed it, or null when it has no known form. */
export function digitsOfNumber(typed: string): string | null {
  const digits = typed.replace(between, '');
  return form.test(digits) ? digits : null;
}

/** Gives the last three digits: all that is kept to read, for the officer to tell two rows apart. */
export const tailOfNumber = (digits: string): string => digits.slice(-3);

/** Nine digits or more in a row, or in the groups of three that people write; amounts are written with dots. */
const likeNumber = /\d{9}|\b\d{3}(?:[ -]\d{3}){2,}\b/u;

/** Whether a text that is kept for good seems to hold an identity number. */
export const holdsNumber = (text: string): boolean => likeNumber.test(text);
