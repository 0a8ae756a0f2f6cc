/**
 * Collation weights of a locale. JavaScript offers ICU's comparison but not its sort keys, so the weights are
 * derived: letters are ranked by Intl.Collator at each level once per locale, and sort keys are put together from the
 * ranks as ICU does (UTS #10, section 7). Comparing and indexing both use these keys, so they cannot disagree.
 */

/** One collation element: what a letter weighs at the three levels; 0 is the common weight. */
export interface Weights {
  readonly primaries: readonly number[];
  readonly secondary: number;
  readonly tertiary: number;
  readonly variable: boolean;
}

export interface WeightTable {
  /** By letter, or by letter + one combining mark where the locale has that as a letter of its own. */
  readonly letters: ReadonlyMap<string, Weights>;
  /** The secondary weights of combining marks. */
  readonly marks: ReadonlyMap<string, number>;
}

/** The first weight for ranks; below are the level separator and the common weight. */
export const FIRST_RANK = 16;

/** Secondary weights of marks are this far apart, so that letters such as ø find room between o with this and that. */
const MARK_STEP = 16;

const ranges: readonly (readonly [number, number])[] = [
  [0x09, 0x2ff],
  [0x370, 0x58f],
  [0x1e00, 0x1eff],
  [0x2000, 0x2bff],
  [0x3000, 0x303f],
  [0xff01, 0xff5e],
];

const expansions: Readonly<Record<string, string>> = { æ: 'ae', Æ: 'AE', œ: 'oe', Œ: 'OE', ß: 'ss', ẞ: 'SS' };

interface Collators {
  readonly base: Intl.Collator;
  readonly accent: Intl.Collator;
  readonly variant: Intl.Collator;
  readonly noPunctuation: Intl.Collator;
}

function collatorsOf(locale: string, caseFirst: 'upper' | 'lower' | 'false'): Collators {
  const make = (sensitivity: 'base' | 'accent' | 'variant', ignorePunctuation = false): Intl.Collator =>
    new Intl.Collator(locale, { sensitivity, caseFirst, ignorePunctuation });
  return {
    base: make('base'),
    accent: make('accent'),
    variant: make('variant'),
    noPunctuation: make('variant', true),
  };
}

function* characters(): Iterable<string> {
  for (const [first, last] of ranges) {
    for (let point = first; point <= last; point++) {
      const char = String.fromCodePoint(point);
      if (/[^\p{Cn}\p{M}]/u.test(char)) yield char;
    }
  }
}

/** The letters to be ranked: those that stand for themselves, and composed ones that the locale sets apart. */
function lettersOf({ base, variant }: Collators): string[] {
  const letters: string[] = [];
  for (const char of characters()) {
    const parts = char.normalize('NFD');
    if (parts === char) {
      if (variant.compare(char, '') !== 0) letters.push(char);
    } else if (
      Array.from(parts).length === 2 &&
      /\p{M}$/u.test(parts) &&
      base.compare(char, parts.charAt(0)) !== 0
    ) {
      letters.push(parts);
    }
  }
  return letters;
}

function isExpansion(letter: string, base: Intl.Collator): string | undefined {
  if (letter.normalize('NFC').length > 1 || /\p{M}/u.test(letter)) return undefined;
  const parts = expansions[letter] ?? letter.normalize('NFKD');
  return parts.length > 1 && base.compare(letter, parts) === 0 ? parts : undefined;
}

function rankMarks({ accent }: Collators): Map<string, number> {
  const marks: string[] = [];
  for (let point = 0x300; point <= 0x36f; point++) {
    const mark = String.fromCodePoint(point);
    if (mark.normalize('NFD') === mark && accent.compare(`x${mark}`, 'x') !== 0) marks.push(mark);
  }
  marks.sort((a, b) => accent.compare(`x${a}`, `x${b}`));
  const ranks = new Map<string, number>();
  let rank = FIRST_RANK;
  for (const [i, mark] of marks.entries()) {
    if (i > 0 && accent.compare(`x${marks[i - 1]}`, `x${mark}`) !== 0) rank += MARK_STEP;
    ranks.set(mark, rank);
  }
  return ranks;
}

/** Ranks letters: a new primary where they differ at base, within it a secondary, within that a tertiary. */
function rankLetters(letters: string[], collators: Collators): Map<string, Weights> {
  const { base, accent, variant, noPunctuation } = collators;
  letters.sort(variant.compare);
  const table = new Map<string, Weights>();
  let primary = FIRST_RANK;
  let secondary = 0;
  let tertiary = 0;
  let before: string | undefined;
  for (const letter of letters) {
    if (before !== undefined) {
      if (base.compare(before, letter) !== 0) [primary, secondary, tertiary] = [primary + 1, 0, 0];
      else if (accent.compare(before, letter) !== 0) [secondary, tertiary] = [secondary + 1, 0];
      else if (variant.compare(before, letter) !== 0) tertiary++;
    }
    const variable = noPunctuation.compare(letter, '') === 0;
    table.set(letter, { primaries: [primary], secondary, tertiary, variable });
    before = letter;
  }
  return table;
}

/** Gives a variant such as đ or æ its weight among the marks: after the marks that sort before it. */
function placeAmongMarks(
  letter: string,
  plain: string,
  variant: number,
  marks: ReadonlyMap<string, number>,
  accent: Intl.Collator,
): number {
  const ranked = [...marks];
  let [low, high] = [0, ranked.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const marked = `${plain.charAt(0)}${ranked[middle]?.[0]}${plain.slice(1)}`;
    if (accent.compare(marked, letter) < 0) low = middle + 1;
    else high = middle;
  }
  const weight = ranked[low - 1]?.[1] ?? FIRST_RANK;
  return weight + Math.min(variant, MARK_STEP - 1);
}

function deriveTable(locale: string, caseFirst: 'upper' | 'lower' | 'false'): WeightTable {
  const collators = collatorsOf(locale, caseFirst);
  const all = lettersOf(collators);
  const expanded = new Map(all.map((letter) => [letter, isExpansion(letter, collators.base)]));
  const marks = rankMarks(collators);
  const letters = rankLetters(
    all.filter((letter) => expanded.get(letter) === undefined),
    collators,
  );
  let plain = '';
  for (const [letter, weights] of letters) {
    if (weights.secondary === 0) plain = weights.tertiary === 0 ? letter : plain;
    else if (/\p{L}/u.test(plain)) {
      const secondary = placeAmongMarks(letter, plain, weights.secondary, marks, collators.accent);
      letters.set(letter, { ...weights, secondary });
    } else letters.set(letter, { ...weights, secondary: FIRST_RANK + weights.secondary });
  }
  for (const [letter, parts] of expanded) {
    if (parts === undefined) continue;
    const primaries = Array.from(parts).flatMap((part) => letters.get(part)?.primaries ?? []);
    const secondary = placeAmongMarks(letter, parts, 1, marks, collators.accent);
    const upper = letter !== letter.toLowerCase();
    letters.set(letter, { primaries, secondary, tertiary: upper ? 1 : 0, variable: false });
  }
  return { letters, marks };
}

const tables = new Map<string, WeightTable>();

/** The weights of a locale, derived when first needed. */
export function weightTable(locale: string, caseFirst: 'upper' | 'lower' | 'false'): WeightTable {
  const key = `${locale}/${caseFirst}`;
  let table = tables.get(key);
  if (table === undefined) {
    table = deriveTable(locale, caseFirst);
    tables.set(key, table);
  }
  return table;
}
