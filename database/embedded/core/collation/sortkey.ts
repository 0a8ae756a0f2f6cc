import type { CollationOptions } from './options.ts';
import type { Weights, WeightTable } from './weights.ts';
import { FIRST_RANK } from './weights.ts';

/** Between levels; every weight is greater. */
const SEPARATOR = 1;
const COMMON = 2;

/** The weights of a text, level by level. */
interface Levels {
  readonly primary: number[];
  readonly secondary: number[];
  readonly cases: number[];
  readonly tertiary: number[];
  readonly quaternary: number[];
}

/** Characters beyond the table sort after it by code point, in two units. */
function implicit(char: string): Weights {
  const point = char.codePointAt(0) as number;
  const primaries = [0xf000 + (point >> 12), 0x1000 + (point & 0xfff)];
  return { primaries, secondary: 0, tertiary: 0, variable: false };
}

const MARK = /^\p{M}$/u;
const DIGIT = /^[0-9]$/;

/** Turns texts into sort keys: strings whose UTF-16 order is the collation's order. */
export class SortKeys {
  readonly #table: WeightTable;
  readonly #options: CollationOptions;
  readonly #zero: number;

  constructor(table: WeightTable, options: CollationOptions) {
    this.#table = table;
    this.#options = options;
    this.#zero = table.letters.get('0')?.primaries[0] ?? FIRST_RANK;
  }

  keyOf(text: string): string {
    const levels: Levels = { primary: [], secondary: [], cases: [], tertiary: [], quaternary: [] };
    const chars = Array.from(text.normalize('NFD'));
    let i = 0;
    while (i < chars.length) i = this.#element(chars, i, levels);
    return this.#assemble(levels, text);
  }

  /** Weighs the element at `at` (a letter with its marks, or a run of digits) and gives the place after it. */
  #element(chars: readonly string[], at: number, levels: Levels): number {
    const char = chars[at] as string;
    if (this.#options.numericOrdering && DIGIT.test(char)) return this.#number(chars, at, levels);
    let end = at + 1;
    while (end < chars.length && MARK.test(chars[end] as string)) end++;
    const marks = chars.slice(at + 1, end);
    if (MARK.test(char)) {
      this.#marks([char, ...marks], levels);
      return end;
    }
    const letter = this.#letter(char, marks);
    const weights = this.#table.letters.get(letter);
    if (weights === undefined && isIgnorable(char)) return end;
    if (weights?.variable && this.#isShifted(char)) {
      levels.quaternary.push(...weights.primaries);
      return end;
    }
    this.#weigh(letter, weights ?? implicit(char), levels);
    this.#marks(marks, levels);
    return end;
  }

  /** The letter with that one of its marks (taken out of `marks`) that makes it another letter in this locale. */
  #letter(char: string, marks: string[]): string {
    for (const [i, mark] of marks.entries()) {
      if (!this.#table.letters.has(char + mark) || isBlocked(mark, marks.slice(0, i))) continue;
      marks.splice(i, 1);
      return char + mark;
    }
    return char;
  }

  #isShifted(char: string): boolean {
    if (this.#options.alternate !== 'shifted') return false;
    return this.#options.maxVariable === 'punct' || /^\s$/u.test(char);
  }

  #weigh(letter: string, weights: Weights, levels: Levels): void {
    const upper = letter !== letter.toLowerCase();
    const upperFirst = this.#options.caseFirst === 'upper';
    levels.primary.push(...weights.primaries);
    for (const [i] of weights.primaries.entries()) {
      levels.secondary.push(COMMON);
      levels.cases.push(COMMON + Number(upper !== upperFirst));
      levels.tertiary.push(COMMON + (i === 0 ? weights.tertiary : 0));
      levels.quaternary.push(0xffff);
    }
    if (weights.secondary > 0) this.#secondary(weights.secondary, levels);
  }

  #secondary(weight: number, levels: Levels): void {
    levels.secondary.push(weight);
    levels.tertiary.push(COMMON);
  }

  #marks(marks: readonly string[], levels: Levels): void {
    for (const mark of marks) {
      const weight = this.#table.marks.get(mark);
      if (weight !== undefined) this.#secondary(weight, levels);
    }
  }

  /** A run of digits counts by its value: how many digits, then which. */
  #number(chars: readonly string[], at: number, levels: Levels): number {
    let end = at;
    while (end < chars.length && DIGIT.test(chars[end] as string)) end++;
    const digits = chars
      .slice(at, end)
      .join('')
      .replace(/^0+(?=.)/, '');
    levels.primary.push(this.#zero, FIRST_RANK + digits.length);
    for (const digit of digits) levels.primary.push(FIRST_RANK + Number(digit));
    levels.secondary.push(COMMON);
    levels.cases.push(COMMON);
    levels.tertiary.push(COMMON);
    levels.quaternary.push(0xffff);
    return end;
  }

  #assemble(levels: Levels, text: string): string {
    const { strength, caseLevel, backwards, alternate } = this.#options;
    const parts = [levels.primary];
    if (strength >= 2) parts.push(trimmed(backwards ? levels.secondary.reverse() : levels.secondary, COMMON));
    if (caseLevel) parts.push(trimmed(levels.cases, COMMON));
    if (strength >= 3) parts.push(trimmed(levels.tertiary, COMMON));
    if (strength >= 4 && alternate === 'shifted') parts.push(levels.quaternary);
    const units = parts.flatMap((part, i) => (i === 0 ? part : [SEPARATOR, ...part]));
    const key = String.fromCharCode(...trimmed(units, SEPARATOR));
    return strength === 5 ? `${key}\u0000${text.normalize('NFD')}` : key;
  }
}

/** Trailing smallest weights say nothing that the end does not say. */
function trimmed(weights: number[], smallest: number): number[] {
  let end = weights.length;
  while (end > 0 && weights[end - 1] === smallest) end--;
  return end === weights.length ? weights : weights.slice(0, end);
}

/** A mark reaches its letter across marks of other places (below, above), not across one of its own place. */
function isBlocked(mark: string, between: readonly string[]): boolean {
  return between.some((other) => `x${mark}${other}`.normalize('NFD') !== `x${other}${mark}`.normalize('NFD'));
}

function isIgnorable(char: string): boolean {
  return /^[\p{Cc}\p{Cf}]$/u.test(char);
}
