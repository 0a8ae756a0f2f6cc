import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * The keys of partner apps: `emu_<partner>_<random>_<checksum>`. The prefix lets scanners of repositories find a key that
 * was left lying about, and the checksum lets them, and us, tell a key from what only looks like one without a look-up.
 */

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 32 characters of 62 are 190 bits. */
const RANDOM = 32;
/** 62 to the 6th is more than the 2 to the 32nd that a CRC-32 can be. */
const CHECKSUM = 6;

/** The id of a partner, as it stands in keys, in file names and in the subject of its viewer. */
export const PARTNER_ID = /^[a-z][a-z\d-]{1,30}$/u;
const KEY = new RegExp(
  `^(?<body>emu_(?<partner>[a-z][a-z\\d-]{1,30})_[\\dA-Za-z]{${RANDOM}})_(?<checksum>[\\dA-Za-z]{${CHECKSUM}})$`,
  'u',
);
/** A key, or most of one, anywhere in a text; generous, because the text is refused for it. */
const KEY_ANYWHERE = /emu_(?<partner>[a-z][a-z\d-]{0,30})_[\dA-Za-z]{8}/u;

/** Makes a key of a partner; it is shown once and kept as its hash only. */
export function makeKey(partner: string): string {
  const random = Array.from({ length: RANDOM }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  const body = `emu_${partner}_${random}`;
  return `${body}_${checksumOf(body)}`;
}

function checksumOf(body: string): string {
  let rest = crc32(body);
  let digits = '';
  for (let place = 0; place < CHECKSUM; place += 1) {
    digits = ALPHABET[rest % ALPHABET.length] + digits;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return digits;
}

/** Gives the partner that a key names; null for what is no key: another form, or a checksum that does not fit. */
export function partnerOf(key: string): string | null {
  const { body = '', partner = null, checksum } = KEY.exec(key)?.groups ?? {};
  return partner !== null && checksumOf(body) === checksum ? partner : null;
}

/** Gives the partner whose key, or most of it, stands in a URL, percent-encoded or not; null when none does. */
export function partnerInUrl(url: string): string | null {
  return KEY_ANYWHERE.exec(decoded(url))?.groups?.partner ?? null;
}

function decoded(url: string): string {
  if (!url.includes('%')) return url;
  // Each escape by itself: one that is broken must not hide a key behind it.
  return url.replace(/%[\da-f]{2}/giu, (hex) => String.fromCharCode(Number.parseInt(hex.slice(1), 16)));
}

/**
 * Gives what is kept of a key. A fast hash is right here: a password is slow to hash because people choose it, and
 * nobody guesses 190 random bits.
 */
export const hashOf = (key: string): string => `sha256:${createHash('sha256').update(key).digest('hex')}`;

/** Whether two hashes are equal, in a time that does not depend on where they differ. */
export function sameHash(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
