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

const readFor = (phrases: readonly (readonly string[])[], wanted: number): number =>
  phrases.some((words) => words.length > 2) ? wanted * READ_FOR_LONG : wanted;

/**
 * Gives the ways to what was typed as it stands, each of which has its own share of the answer: the phrase with the marks
 * typed, so that it is found however many later texts hold it with others; the phrase.
 */
export function waysAsTyped({ words, folded }: Wanted, wanted: number): Way[] {
  const marked = words.some((word, index) => word !== folded[index]);
  return (marked ? [words, folded] : [folded]).map((phrase) => ({
    narrow: [narrowOf(phrase)],
    test: phrase.length > 2 ? holdsPhrase([folded.join(' ')]) : {},
    read: readFor([phrase], wanted),
  }));
}

const MOST_PAIRS = 4;
/** Of texts with two of the words, or one, so many are read for those that hold all. */
const READ_APART = 30;

/** Gives the ways to texts that hold all words apart: by two that stand together, else by the longest whole one. */
export function waysToWords({ folded }: Wanted): Way[] {
  if (folded.length < 2) return [];
  const test = { $and: folded.map((word, index) => holdsWord(word, index === folded.length - 1)) };
  const pairs = folded.length > 2 ? pairsOf(folded) : [];
  const longest = pairs.toSorted((a, b) => b.length - a.length).slice(0, MOST_PAIRS);
  const by = [...longest, longestOf(folded.slice(0, -1))];
  return by.map((text) => ({ narrow: [{ text, begins: false }], test, read: READ_APART }));
}

/** Of this many phrases the last word may be cut short. */
const MOST_BEGUN = 12;

/** Gives the ways to phrases that may have been meant, the fewest slips first. */
export function waysMistyped(phrases: readonly Alternative[], wanted: number): Way[] {
  return [0, 1, 2].flatMap((slips) => {
    const meant = phrases.filter((phrase) => phrase.slips === slips).map(({ text }) => text.split(' '));
    if (meant.length === 0) return [];
    const narrow = meant.map((words, index) => {
      const { text, begins } = narrowOf(words);
      return { text, begins: begins && index < MOST_BEGUN };
    });
    const test = holdsPhrase(meant.map((words) => words.join(' ')));
    return [{ narrow, test, read: readFor(meant, wanted) }];
  });
}
