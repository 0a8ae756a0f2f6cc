import type { Filter } from '../../records/keyset.ts';
import type { Alternative } from '../../records/spelling/alternatives.ts';
import { longestOf, type Narrow, narrowOf, pairsOf } from './searchTerms.ts';
import { holdsPhrase, holdsWord, type Wanted } from './textMatch.ts';

/** One way to come by records that may hold what was typed: by entries of the index of terms, then by a test. */
export interface Way {
  readonly narrow: readonly Narrow[];
  readonly test: Filter;
  /** How many records these entries may lead to. */
  readonly read: number;
}

/** Of texts with two words of a longer phrase, so many are read for each that is wanted. */
const READ_FOR_LONG = 10;

const readFor = (phrases: readonly { readonly text: string }[], wanted: number): number =>
  phrases.some(({ text }) => / .* /u.test(text)) ? wanted * READ_FOR_LONG : wanted;

/**
 * Gives the ways to what was typed as it stands, each of which has its own share of the answer: the phrase with the marks
 * typed, so that it is found however many later texts hold it with others; the phrase.
 */
export function waysAsTyped({ words, folded }: Wanted, wanted: number): Way[] {
  const marked = words.some((word, index) => word !== folded[index]);
  return (marked ? [words, folded] : [folded]).map((phrase) => ({
    narrow: [narrowOf(phrase)],
    test: phrase.length > 2 ? holdsPhrase([folded.join(' ')]) : {},
    read: readFor([{ text: phrase.join(' ') }], wanted),
  }));
}

const MOST_PAIRS = 4;
/** Of records with two of the words, or with one, so many are read for those that hold all. */
const READ_PAIR = 30;
const READ_WORD = 12;

/**
 * Gives the ways to texts that hold all words apart: by every two that stand together in what was typed, and by the longest
 * word and the last, of which the rarer one leads to all that hold both.
 */
export function waysToWords({ folded }: Wanted): Way[] {
  const last = folded.at(-1);
  if (folded.length < 2 || last === undefined) return [];
  const test = { $and: folded.map((word) => holdsWord(word, word === last)) };
  const pairs = folded.length > 2 ? pairsOf(folded).toSorted((a, b) => b.length - a.length) : [];
  return [
    ...pairs
      .slice(0, MOST_PAIRS)
      .map((text) => ({ narrow: [{ text, begins: false }], test, read: READ_PAIR })),
    { narrow: [{ text: longestOf(folded.slice(0, -1)), begins: false }], test, read: READ_WORD },
    { narrow: [{ text: last, begins: true }], test, read: READ_WORD },
  ];
}

/** Of so many phrases the last word may be cut short: each is tried on every term of what is found. */
const MOST_BEGUN = 8;

/** Nobody knows the word that a person is still typing, or it is as short as many another's beginning. */
const isBegun = ({ text, known }: Alternative): boolean => !known || /(^| ).{1,2}$/u.test(text);

/** Gives the ways to phrases that may have been meant, the fewest slips first. */
export function waysMistyped(phrases: readonly Alternative[], wanted: number): Way[] {
  return [0, 1, 2].flatMap((slips) => {
    const meant = phrases.filter((phrase) => phrase.slips === slips);
    if (meant.length === 0) return [];
    const begun = new Set(meant.filter(isBegun).slice(0, MOST_BEGUN));
    const narrow = meant.map((phrase) => {
      const { text, begins } = narrowOf(phrase.text.split(' '));
      return { text, begins: begins && begun.has(phrase) };
    });
    const test = holdsPhrase(meant.map(({ text }) => text));
    return [{ narrow, test, read: readFor(meant, wanted) }];
  });
}
