import type { Filter } from '../../records/keyset.ts';
import type { Alternative } from '../../records/spelling/alternatives.ts';
import { holdsPhrase, longestOf, type Wanted } from './textMatch.ts';

/** One way to come by records that may hold what was typed: by one entry of the index of words, then by a test. */
export interface Way {
  /** A word, or the beginning of words. */
  readonly word: string;
  readonly begins: boolean;
  readonly test: Filter;
}

/**
 * Gives the ways to what was typed as it stands, each of which has its own share of the answer: the phrase with the marks
 * typed, so that it is found however many later texts hold it with others; the phrase; its words, in any order.
 */
export function waysAsTyped({ words, folded }: Wanted): Way[] {
  const marked = words.some((word, index) => word !== folded[index]);
  if (words.length === 1) {
    return [...new Set([...words, ...folded])].flatMap((word) => [
      { word, begins: false, test: {} },
      { word, begins: true, test: {} },
    ]);
  }
  const phrase = holdsPhrase([folded.join(' ')]);
  return [
    ...(marked ? [{ ...narrowed(words), test: { $and: [...allOf(words), phrase] } }] : []),
    { ...narrowed(folded), test: phrase },
    { ...narrowed(folded), test: { $and: allOf(folded) } },
  ];
}

/** The last word may be cut short, so that it is a whole one before it that narrows. */
const narrowed = (words: readonly string[]) => ({ word: longestOf(words.slice(0, -1)), begins: false });

const allOf = (words: readonly string[]): Filter[] =>
  words.map((word, index) => ({
    searchWords: index === words.length - 1 ? { $regex: `^${word}` } : word,
  }));

const MOST_WAYS = 8;

/**
 * Gives the ways to phrases that may have been meant: by each word that is right in some of them. Where none can be told to be
 * right, by what the longest one may have been.
 */
export function waysMistyped(
  words: readonly (readonly Alternative[])[],
  phrases: readonly Alternative[],
): Way[] {
  const right = words.flatMap((alternatives) =>
    alternatives.flatMap(({ text, slips, known }) =>
      slips === 0 && known && words.length > 1 ? [text] : [],
    ),
  );
  const longest = words.toSorted((a, b) => (b[0]?.text.length ?? 0) - (a[0]?.text.length ?? 0))[0] ?? [];
  const narrow = right.length > 0 ? right : longest.map(({ text }) => longestOf(text.split(' ')));
  return [...new Set(narrow)].slice(0, MOST_WAYS).flatMap((word) => {
    const held = phrases.flatMap(({ text }) => (text.split(' ').includes(word) ? [text] : []));
    return held.length > 0 ? [{ word, begins: false, test: holdsPhrase(held) }] : [];
  });
}
