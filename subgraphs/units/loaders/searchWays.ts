import { fold } from '../../records/fold.ts';
import type { Filter } from '../../records/keyset.ts';
import { alternativesOf, phrasesOf } from '../../records/spelling/alternatives.ts';
import type { Lexicon } from '../../records/spelling/lexicon.ts';
import type { UnitMatch } from '../model/unit.ts';
import { begins } from './unitFilter.ts';

/** One way in which names can match: by which keys of a unit, and what MongoDB and we ask of one of these. */
export interface Way {
  readonly match: UnitMatch;
  /** How many slips of the hand lie between what was typed and the name. */
  readonly slips: number;
  readonly keys: 'exactKeys' | 'searchKeys';
  readonly filter: Filter;
  readonly fits: (key: string) => boolean;
}

/** Gives the ways in which names match what was typed as it stands, from the best. */
export function waysAsTyped(exact: string): Way[] {
  const folded = fold(exact);
  return [
    { match: 'EXACT', slips: 0, ...whole('exactKeys', [exact]) },
    { match: 'FOLDED', slips: 0, ...whole('searchKeys', [folded]) },
    { match: 'PREFIX', slips: 0, ...beginning('exactKeys', [exact]) },
    { match: 'FOLDED_PREFIX', slips: 0, ...beginning('searchKeys', [folded]) },
  ];
}

const whole = (keys: Way['keys'], texts: readonly string[]) => ({
  keys,
  filter: { [keys]: { $in: texts } },
  fits: (key: string) => texts.includes(key),
});

const beginning = (keys: Way['keys'], texts: readonly string[]) => ({
  keys,
  filter: anyBegins(keys, texts),
  fits: (key: string) => texts.some((text) => key.startsWith(text)),
});

/** What is folded holds nothing that means something in an expression. */
const anyBegins = (keys: Way['keys'], texts: readonly string[]): Filter =>
  texts.length === 1
    ? begins(keys, String(texts[0]))
    : { [keys]: { $in: texts.map((text) => new RegExp(`^${text}`)) } };

const order: readonly UnitMatch[] = ['EXACT', 'FOLDED', 'PREFIX', 'FOLDED_PREFIX', 'TYPO'];

/** Where a text can be read in two ways, the better match by any of them goes first. */
export const byMatch = (a: Way, b: Way): number => order.indexOf(a.match) - order.indexOf(b.match);

export const bySlips = (a: Way, b: Way): number => a.slips - b.slips;

/** Each is looked for among the living and the closed of every level. */
const MOST_PHRASES = 60;

/**
 * Gives the ways in which names match what may have been meant instead, the fewest slips first, whole names before longer
 * ones. After two slips a name must be whole: almost any beginning is two slips away. What was typed itself is left out.
 */
export function waysMistyped(reading: string, lexicon: Lexicon): Way[] {
  const match = 'TYPO' as const;
  const folded = fold(reading);
  const words = folded.split(' ');
  const phrases = phrasesOf(words, alternativesOf(lexicon, words), (text) =>
    lexicon.hasBeginning(text),
  ).filter(({ text }) => text !== folded);
  return [0, 1, 2].flatMap((slips) => {
    const texts = phrases.flatMap((phrase) => (phrase.slips === slips ? [phrase.text] : []));
    const names = texts.filter((text) => lexicon.has(text)).slice(0, MOST_PHRASES);
    const beginnings = slips < 2 ? texts.slice(0, MOST_PHRASES) : [];
    return [
      ...(names.length > 0 ? [{ match, slips, ...whole('searchKeys', names) }] : []),
      ...(beginnings.length > 0 ? [{ match, slips, ...beginning('searchKeys', beginnings) }] : []),
    ];
  });
}
