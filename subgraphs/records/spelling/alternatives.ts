import { LONG } from './cuts.ts';
import { distance } from './distance.ts';
import { withoutKeys } from './keyboard.ts';
import type { Lexicon } from './lexicon.ts';

/** What may have been meant, and how many slips of the hand lie between it and what was typed. */
export interface Alternative {
  readonly text: string;
  readonly slips: number;
  /** Whether some record holds or held it, or may: numbers are in no vocabulary. */
  readonly known: boolean;
}

/** Bounds what a made-up text can ask for. */
const MOST_WORDS = 12;

/** What each typed word may have been meant as. */
export type Alternatives = ReadonlyMap<string, readonly Alternative[]>;

/** How many slips a text may hold: short ones would become anything. */
function slipsAllowed(words: readonly string[]): number {
  const letters = words.join('').length;
  if (letters < 4) return 0;
  return letters < LONG ? 1 : 2;
}

/**
 * Gives for each folded word what it may have been meant as: itself; the word without the keys of a Vietnamese keyboard;
 * every known word that is one slip away (one letter wrong, missing, too much, or swapped with its neighbour), two in words of
 * eight letters and more; two known words that were typed as one.
 */
export function alternativesOf(lexicon: Lexicon, typed: readonly string[]): Alternatives {
  return new Map(
    [...new Set(typed)].slice(0, MOST_WORDS).map((word) => {
      const forms = [...new Set([word, withoutKeys(word)])];
      return [
        word,
        unique([
          ...forms.map((text) => ({ text, slips: 0, known: lexicon.hasWord(text) || /\d/u.test(text) })),
          ...forms.flatMap((form) => meant(form, lexicon)),
        ]),
      ];
    }),
  );
}

function meant(form: string, lexicon: Lexicon): Alternative[] {
  if (!/^\p{L}{1,30}$/u.test(form)) return [];
  const words = [...lexicon.wordsNear(form)].map((text) => ({
    text,
    slips: distance(form, text),
    known: true,
  }));
  const apart = cutsInTwo(form).filter((pair) => pair.every((part) => lexicon.hasWord(part)));
  return [
    ...words.filter(({ text, slips }) => slips > 0 && slips <= (text.length >= LONG ? 2 : 1)),
    ...apart.map((pair) => ({ text: pair.join(' '), slips: 1, known: true })),
  ];
}

/** Gives all ways to see two words of two letters and more in one. */
const cutsInTwo = (form: string): [string, string][] =>
  Array.from({ length: Math.max(0, form.length - 3) }, (_, at) => [
    form.slice(0, at + 2),
    form.slice(at + 2),
  ]);

/** Each text once, with the fewest slips, in the order of these. */
function unique(alternatives: readonly Alternative[]): Alternative[] {
  const fewest = new Map<string, Alternative>();
  for (const each of alternatives) {
    const before = fewest.get(each.text);
    if (!before || each.slips < before.slips) fewest.set(each.text, each);
  }
  return [...fewest.values()].toSorted((a, b) => a.slips - b.slips);
}

/** Phrases are looked up in an index, each by one step of it. */
const MOST_PHRASES = 400;

/**
 * Gives the phrases that typed words may have been meant as, those with the fewest slips first. Only the last word, which
 * may be the beginning of one, can be a word that nobody knows. `isBeginning` leaves out what no text begins with, as soon
 * as that shows: few words stand beside each other.
 */
export function phrasesOf(
  words: readonly string[],
  meant: Alternatives,
  isBeginning: (text: string) => boolean = () => true,
): Alternative[] {
  const most = slipsAllowed(words);
  return words.reduce<Alternative[]>(
    (phrases, typed, index) => {
      const isLast = index === words.length - 1;
      const alternatives = (meant.get(typed) ?? []).filter(({ known }) => known || isLast);
      return phrases
        .flatMap((phrase) => alternatives.map((word) => joined(phrase, word)))
        .filter(({ text, slips }) => slips <= most && isBeginning(isLast ? text : `${text} `))
        .toSorted((a, b) => a.slips - b.slips)
        .slice(0, MOST_PHRASES);
    },
    [{ text: '', slips: 0, known: true }],
  );
}

const joined = (phrase: Alternative, word: Alternative): Alternative => ({
  text: phrase.text ? `${phrase.text} ${word.text}` : word.text,
  slips: phrase.slips + word.slips,
  known: phrase.known && word.known,
});

/** How a hit was found: as what was typed, or as what may have been meant. */
interface Finding {
  readonly match: string;
  readonly slips: number;
}

/** Leaves out what is two slips away where something else that may have been meant is nearer. */
export function nearest<Hit>(hits: readonly Hit[], findingOf: (hit: Hit) => Finding): Hit[] {
  const isNearer = ({ match, slips }: Finding) => match === 'TYPO' && slips < 2;
  const most = hits.some((hit) => isNearer(findingOf(hit))) ? 1 : 2;
  return hits.filter((hit) => findingOf(hit).slips <= most);
}
