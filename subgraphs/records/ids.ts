import { createHash, randomBytes } from 'node:crypto';

/** Gives the id of a seeded record: `<prefix>_` and 22 characters from the hash of its code, the same on every machine. */
export const seededId = (prefix: string, code: string): string =>
  `${prefix}_${createHash('sha256').update(`${prefix}:${code}`).digest('base64url').slice(0, 22)}`;

/** Gives the id of a new record: `<prefix>_` and 22 random characters (128 bits). */
export const randomId = (prefix: string): string => `${prefix}_${randomBytes(16).toString('base64url')}`;
