import { randomBytes } from 'node:crypto';

/** Crockford's 32 letters: none is read for another. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 8;

/**
 * Gives a code that people can read out, such as HT-2021-7K2MQ9RT. It is drawn and not counted, so that units that file at
 * the same moment do not wait for each other; should it ever be taken, the unique index refuses it, and the request can
 * be sent again.
 */
export const newCode = (prefix: string): string =>
  `${prefix}-${[...randomBytes(LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]).join('')}`;
