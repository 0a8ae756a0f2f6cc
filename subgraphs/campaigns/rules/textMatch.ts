import { inputInvalid } from '../../../server/errors.ts';
import { fold } from '../../records/fold.ts';
import type { Filter } from '../../records/keyset.ts';

/** A text to look for, cut into words. The last word may be the beginning of one. */
export interface Wanted {
  /** Lower case, with the diacritics typed. */
  readonly words: readonly string[];
  /** Folded. */
  readonly folded: readonly string[];
}

/** Where a text was found. */
export interface Found {
  readonly exact: boolean;
  readonly excerpt: string;
}

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const wordsOf = (text: string): Word[] =>
  [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));

const lower = (text: string): string => text.normalize('NFC').toLowerCase();

/** Cuts what a user typed into words. Throws INPUT_INVALID unless it holds a letter or digit and 2 to 200 characters. */
export function wanted(text: string): Wanted {
  const words = wordsOf(text).map((word) => lower(word.text));
  if (text.length > 200 || words.join('').length < 2) {
    throw inputInvalid('A search takes 2 to 200 characters, letters or digits among them.');
  }
  return { words, folded: words.map(fold) };
}

/** Gives the search key of texts: each folded, on a line of its own, so that no phrase runs from one into the next. */
export const searchKeyOf = (texts: readonly (string | null | undefined)[]): string =>
  texts.flatMap((text) => (text ? [fold(text)] : [])).join('\n');

/** Gives the distinct words of a search key, for an index. */
export const searchWordsOf = (searchKey: string): string[] =>
  [...new Set(searchKey.split(/\s+/u))].filter(Boolean);

/**
 * Gives the filter of records whose search key holds the phrase at the beginning of a word. The longest whole word
 * (or the beginning of the only one) narrows by index; the phrase itself is tested on what is left.
 */
export function holdsText({ folded }: Wanted): Filter {
  const whole = folded.slice(0, -1);
  const longest = whole.reduce((best, word) => (word.length > best.length ? word : best), '');
  const phrase = folded.join(' ');
  return {
    $and: [
      { searchWords: longest || { $regex: `^${phrase}` } },
      { searchKey: { $regex: `(^|\\s)${folded.join(' ')}` } },
    ],
  };
}

const AROUND = 8;

/** Finds the phrase in a text, whatever its diacritics; a place with exactly those typed wins. Null when it is not there. */
export function findText(text: string, { words, folded }: Wanted): Found | null {
  const found = wordsOf(text);
  const places = found.flatMap((_, at) => (matchesAt(found, at, folded, fold) ? [at] : []));
  const exactAt = places.find((at) => matchesAt(found, at, words, lower));
  const at = exactAt ?? places[0];
  if (at === undefined) return null;
  return { exact: exactAt !== undefined, excerpt: excerptOf(text, found, at, words.length) };
}

function matchesAt(
  found: readonly Word[],
  at: number,
  phrase: readonly string[],
  form: (text: string) => string,
): boolean {
  return phrase.every((word, index) => {
    const there = form(found[at + index]?.text ?? '');
    return index === phrase.length - 1 ? there.startsWith(word) : there === word;
  });
}

function excerptOf(text: string, found: readonly Word[], at: number, length: number): string {
  const first = Math.max(0, at - AROUND);
  const last = Math.min(found.length, at + length + AROUND) - 1;
  const start = first === 0 ? 0 : (found[first]?.start ?? 0);
  const end = last === found.length - 1 ? text.length : (found[last]?.end ?? text.length);
  const middle = text.slice(start, end).replace(/\s+/gu, ' ').trim();
  return `${start > 0 ? '… ' : ''}${middle}${end < text.length ? ' …' : ''}`;
}
