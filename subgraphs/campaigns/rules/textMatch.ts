import { inputInvalid } from '../../../server/errors.ts';
import { fold } from '../../records/fold.ts';
import type { Filter } from '../../records/keyset.ts';
import type { Alternative } from '../../records/spelling/alternatives.ts';
import { hasTerm, lower, narrowOf, type SearchPlace, type Text, type Word, wordsIn } from './searchTerms.ts';

/** A text to look for, cut into words. The last word may be the beginning of one. */
export interface Wanted {
  /** Lower case, with the diacritics typed. */
  readonly words: readonly string[];
  /** Folded. */
  readonly folded: readonly string[];
}

/** How a text can hold what was typed, from the best; see TextMatch in the schema. */
export const textMatches = ['EXACT', 'FOLDED', 'WORDS', 'TYPO'] as const;
export type TextMatch = (typeof textMatches)[number];

/** How a text was found. */
export interface Found {
  readonly match: TextMatch;
  readonly slips: number;
  readonly excerpt: string;
}

/** Cuts what a user typed into words. Throws INPUT_INVALID unless it holds a letter or digit and 2 to 200 characters. */
export function wanted(text: string): Wanted {
  const words = wordsIn(text).map((word) => lower(word.text));
  if (text.length > 200 || words.join('').length < 2) {
    throw inputInvalid('A search takes 2 to 200 characters, letters or digits among them.');
  }
  return { words, folded: words.map(fold) };
}

/** Gives the search key of texts: each folded, on a line of its own, so that no phrase runs from one into the next. */
export const searchKeyOf = (texts: readonly Text[]): string =>
  texts.flatMap((text) => (text ? [fold(text)] : [])).join('\n');

/** Gives the test for texts that hold one of some folded phrases at the beginning of a word. */
export const holdsPhrase = (phrases: readonly string[]): Filter => ({
  searchKey: { $regex: phrases.length === 1 ? `(^|\\s)${phrases[0]}` : `(^|\\s)(${phrases.join('|')})` },
});

/** Gives the test for texts that hold a folded word, or one that begins so. */
export const holdsWord = (word: string, begins: boolean): Filter => ({
  searchKey: { $regex: `(^|\\s)${word}${begins ? '' : '(\\s|$)'}` },
});

/**
 * Gives the filter of records that hold the phrase at the beginning of a word, somewhere in these places. Two words of it (or
 * the beginning of the only one) narrow by index; a longer phrase is tested on what is left.
 */
export function holdsText(places: readonly SearchPlace[], { folded }: Wanted): Filter {
  return { $and: [hasTerm(places, [narrowOf(folded)]), holdsPhrase([folded.join(' ')])] };
}

/** Finds what was typed in a text, at the place that matches best. Null when a word is missing. */
export function findText(text: string, { words, folded }: Wanted): Found | null {
  const found = wordsIn(text);
  const plain = found.map(({ text }) => fold(text));
  const near = placeOf(plain, folded);
  if (near >= 0) {
    const exact = placeOf(
      found.map(({ text }) => lower(text)),
      words,
    );
    return exact >= 0
      ? foundAt(text, found, exact, words.length, 'EXACT')
      : foundAt(text, found, near, words.length, 'FOLDED');
  }
  const places = folded.map((word, index) =>
    plain.findIndex((there) => (index === folded.length - 1 ? there.startsWith(word) : there === word)),
  );
  return places.includes(-1) ? null : foundAt(text, found, Math.min(...places), 1, 'WORDS');
}

/** Finds the phrase with the fewest slips that a text holds. Null when it holds none. */
export function findMeant(text: string, phrases: readonly Alternative[]): Found | null {
  const found = wordsIn(text);
  const plain = found.map(({ text }) => fold(text));
  for (const { text: phrase, slips } of phrases) {
    const words = phrase.split(' ');
    const at = placeOf(plain, words);
    if (at >= 0) return { ...foundAt(text, found, at, words.length, 'TYPO'), slips };
  }
  return null;
}

/** Gives where words stand one after the other; the last one may go on. -1 when they do not. */
const placeOf = (there: readonly string[], words: readonly string[]): number =>
  there.findIndex((_, at) =>
    words.every((word, index) =>
      index === words.length - 1 ? there[at + index]?.startsWith(word) : there[at + index] === word,
    ),
  );

const AROUND = 8;

function foundAt(text: string, found: readonly Word[], at: number, length: number, match: TextMatch): Found {
  const first = Math.max(0, at - AROUND);
  const last = Math.min(found.length, at + length + AROUND) - 1;
  const start = first === 0 ? 0 : (found[first]?.start ?? 0);
  const end = last === found.length - 1 ? text.length : (found[last]?.end ?? text.length);
  const middle = text.slice(start, end).replace(/\s+/gu, ' ').trim();
  const excerpt = `${start > 0 ? '… ' : ''}${middle}${end < text.length ? ' …' : ''}`;
  return { match, slips: 0, excerpt };
}
