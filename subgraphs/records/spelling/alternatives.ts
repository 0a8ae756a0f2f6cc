import type { Model } from 'mongoose';
import { driverOptions } from '../page.ts';
import { keysOfTyped, LONG } from './cuts.ts';
import { distance } from './distance.ts';
import { withoutKeys } from './keyboard.ts';
import type { WordRecord } from './vocabulary.ts';

/** What may have been meant, and how many slips of the hand lie between it and what was typed. */
export interface Alternative {
  readonly text: string;
  readonly slips: number;
  /** Whether some record holds or held it, or may: numbers are in no vocabulary. */
  readonly known: boolean;
}

/** Words near a few typed ones are hundreds; this only bounds what a made-up text can ask for. */
const MOST_NEAR = 3_000;
const MOST_WORDS = 10;

/** How many slips a text may hold: short ones would become anything. */
export function slipsAllowed(words: readonly string[]): number {
  const letters = words.join('').length;
  if (letters < 4) return 0;
  return letters < LONG ? 1 : 2;
}

/**
 * Gives for each folded word what it may have been meant as, itself first, by one MongoDB command: the word without the
 * keys of a Vietnamese keyboard; every known word that is one slip away (one letter wrong, missing, too much, or swapped
 * with its neighbour), two in words of eight letters and more; two known words that were typed as one.
 */
export async function alternativesOf(
  vocabulary: Model<WordRecord>,
  typed: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Alternative[][]> {
  const words = typed.slice(0, MOST_WORDS).map((word) => [...new Set([word, withoutKeys(word)])]);
  const forms = words.flat().filter((form) => /^\p{L}{1,30}$/u.test(form));
  const keys = [...new Set(forms.flatMap((form) => [...keysOfTyped(form), ...cutsInTwo(form).flat()]))];
  const near = await vocabulary
    .find({ keys: { $in: keys } }, { _id: 1 }, driverOptions(signal))
    .limit(MOST_NEAR)
    .batchSize(MOST_NEAR + 1)
    .lean<Pick<WordRecord, '_id'>[]>();
  const known = new Set(near.map(({ _id }) => _id));
  return words.map((forms) =>
    unique([
      ...forms.map((text) => ({ text, slips: 0, known: known.has(text) || /\d/u.test(text) })),
      ...forms.flatMap((form) => meant(form, known)),
    ]),
  );
}

function meant(form: string, known: ReadonlySet<string>): Alternative[] {
  if (!/^\p{L}+$/u.test(form)) return [];
  const words = [...known].map((text) => ({ text, slips: distance(form, text), known: true }));
  const apart = cutsInTwo(form).filter(([before, after]) => known.has(before) && known.has(after));
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
 * Gives the phrases that alternatives of their words make within so many slips, the fewest first. Only the last word, which
 * may be the beginning of one, can be a word that nobody knows.
 */
export const phrasesOf = (words: readonly (readonly Alternative[])[], slips: number): Alternative[] =>
  words.reduce<Alternative[]>(
    (phrases, alternatives, index) =>
      phrases
        .flatMap((phrase) =>
          alternatives
            .filter(({ known }) => known || index === words.length - 1)
            .map((word) => ({
              text: phrase.text ? `${phrase.text} ${word.text}` : word.text,
              slips: phrase.slips + word.slips,
              known: phrase.known && word.known,
            })),
        )
        .filter((phrase) => phrase.slips <= slips)
        .toSorted((a, b) => a.slips - b.slips)
        .slice(0, MOST_PHRASES),
    [{ text: '', slips: 0, known: true }],
  );
