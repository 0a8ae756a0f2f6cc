import { fold } from '../../records/fold.ts';
import type { Filter } from '../../records/keyset.ts';

/** Where a search looks in a campaign and in an article, from what weighs most. */
export const campaignPlaces = ['CODE', 'TITLE', 'THEME', 'MOTTO'] as const;
export const articlePlaces = ['ARTICLE_TITLE', 'ARTICLE_BODY'] as const;
export const searchPlaces = [...campaignPlaces, ...articlePlaces] as const;
export type SearchPlace = (typeof searchPlaces)[number];

export type Text = string | null | undefined;

/** A word of a text, and where it stands in it. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export const wordsIn = (text: string): Word[] =>
  [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));

export const lower = (text: string): string => text.normalize('NFC').toLowerCase();

/** A term begins with the number of its place; a space after it tells two words from one. */
const termAt = (place: SearchPlace, text: string): string =>
  `${searchPlaces.indexOf(place)}${text.includes(' ') ? ' ' : ''}${text}`;

/**
 * Gives the terms by which an index finds a record: every word of its texts and every two that stand together, folded, and as
 * they are written where that is something else; each with the first place that it stands in. So the entries of
 * a word begin with the records that hold it in their title.
 */
export function searchTermsOf(texts: readonly (readonly [SearchPlace, readonly Text[]])[]): string[] {
  const places = new Map<string, SearchPlace>();
  for (const [place, some] of texts)
    for (const term of some.flatMap((text) => termsIn(text ?? '')))
      if (!places.has(term)) places.set(term, place);
  return [...places].map(([text, place]) => termAt(place, text));
}

function termsIn(text: string): string[] {
  const written = wordsIn(text).map((word) => lower(word.text));
  return [written, written.map(fold)].flatMap((words) => {
    const known = words.filter(Boolean);
    return [...known, ...pairsOf(known)];
  });
}

/** Gives every two words that stand together. */
export const pairsOf = (words: readonly string[]): string[] =>
  words.slice(1).map((word, index) => `${words[index]} ${word}`);

/** What narrows a search: a term, or the beginnings of terms. Texts hold nothing that means something in an expression. */
export interface Narrow {
  readonly text: string;
  readonly begins: boolean;
}

/** Gives the filter of records with one of these terms at one of the places. */
export const hasTerm = (places: readonly SearchPlace[], narrow: readonly Narrow[]): Filter => ({
  searchTerms: {
    $in: places.flatMap((place) =>
      narrow.map(({ text, begins }) =>
        begins ? new RegExp(`^${termAt(place, text)}`) : termAt(place, text),
      ),
    ),
  },
});

/** Gives the longest of some texts, which as a rule is the rarest. */
export const longestOf = (texts: readonly string[]): string =>
  texts.reduce((best, text) => (text.length > best.length ? text : best), '');

/** Gives what narrows best to a phrase, whose last word may be cut short: two of its words, or the only one. */
export const narrowOf = (words: readonly string[]): Narrow =>
  words.length > 2
    ? { text: longestOf(pairsOf(words.slice(0, -1))), begins: false }
    : { text: words.join(' '), begins: true };
