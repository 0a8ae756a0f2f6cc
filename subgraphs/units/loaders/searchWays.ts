import { fold } from '../../records/fold.ts';
import type { Filter } from '../../records/keyset.ts';
import { type Alternatives, phrasesOf } from '../../records/spelling/alternatives.ts';
import type { UnitMatch } from '../model/unit.ts';
import { begins } from './unitFilter.ts';

/** One way in which names can match: how MongoDB finds them by an index, and which form of a name it was. */
export interface Way {
  readonly match: UnitMatch;
  /** How many slips of the hand lie between what was typed and the name. */
  readonly slips: number;
  readonly filter: Filter;
  readonly fits: (form: string) => boolean;
  /** Whether names that only begin so match too: these may be thousands. */
  readonly open: boolean;
}

/** Gives the ways in which names match what was typed as it stands, from the best. */
export function waysAsTyped(exact: string): Way[] {
  const folded = fold(exact);
  const ways: Omit<Way, 'slips'>[] = [
    { match: 'EXACT', open: false, filter: { exactKeys: exact }, fits: (form) => form === exact },
    { match: 'FOLDED', open: false, filter: { searchKeys: folded }, fits: (form) => fold(form) === folded },
    {
      match: 'PREFIX',
      open: true,
      filter: begins('exactKeys', exact),
      fits: (form) => form.startsWith(exact),
    },
    {
      match: 'FOLDED_PREFIX',
      open: true,
      filter: begins('searchKeys', folded),
      fits: (form) => fold(form).startsWith(folded),
    },
  ];
  return ways.map((way) => ({ ...way, slips: 0 }));
}

const order: readonly UnitMatch[] = ['EXACT', 'FOLDED', 'PREFIX', 'FOLDED_PREFIX', 'TYPO'];

/** Where a text can be read in two ways, the better match by any of them goes first. */
export const byMatch = (a: Way, b: Way): number => order.indexOf(a.match) - order.indexOf(b.match);

export const bySlips = (a: Way, b: Way): number => a.slips - b.slips;

/**
 * Gives the ways in which names match what may have been meant instead, the fewest slips first, whole names before longer
 * ones. After two slips a name must be whole: almost any beginning is two slips away. What was typed itself is left out.
 */
export function waysMistyped(reading: string, meant: Alternatives): Way[] {
  const folded = fold(reading);
  const words = folded.split(' ');
  const phrases = phrasesOf(words, meant).filter(({ text }) => text !== folded);
  return [0, 1, 2].flatMap((slips) => {
    const texts = phrases.flatMap((phrase) => (phrase.slips === slips ? [phrase.text] : []));
    if (texts.length === 0) return [];
    return slips === 2 ? [wholeNames(texts, slips)] : [wholeNames(texts, slips), beginnings(texts, slips)];
  });
}

const wholeNames = (texts: readonly string[], slips: number): Way => ({
  match: 'TYPO',
  slips,
  open: false,
  filter: { searchKeys: { $in: texts } },
  fits: (form) => texts.includes(fold(form)),
});

/** Their texts are folded: they hold nothing that means something in an expression. */
const beginnings = (texts: readonly string[], slips: number): Way => ({
  match: 'TYPO',
  slips,
  open: true,
  filter: { searchKeys: { $in: texts.map((text) => new RegExp(`^${text}`)) } },
  fits: (form) => texts.some((text) => fold(form).startsWith(text)),
});
