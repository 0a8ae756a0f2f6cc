import type { CollationOptions } from './options.ts';
import type { Weights, WeightTable } from './weights.ts';
import { FIRST_RANK } from './weights.ts';

/** Between levels; every weight is greater. */
const SEPARATOR = '\u0001';
const COMMON = '\u0002';
const UPPER = '\u0003';
/** At the fourth level: not a variable character. */
const FIXED = '\uffff';

/** The weights of a text, level by level, as UTF-16 units. */
interface Levels {
  primary: string;
  secondary: string;
  cases: string;
  tertiary: string;
  quaternary: string;
}

const nothing = (): Levels => ({ primary: '', secondary: '', cases: '', tertiary: '', quaternary: '' });

function append(to: Levels, from: Levels): void {
  to.primary += from.primary;
  to.secondary += from.secondary;
  to.cases += from.cases;
  to.tertiary += from.tertiary;
  to.quaternary += from.quaternary;
}

/** Characters beyond the table sort after it by code point, in two units. */
function implicit(char: string): Weights {
  const point = char.codePointAt(0) as number;
  const primaries = [0xf000 + (point >> 12), 0x1000 + (point & 0xfff)];
  return { primaries, secondary: 0, tertiary: 0, variable: false };
}

const MARK = /^\p{M}$/u;
const DIGIT = /^[0-9]$/;
const unit = String.fromCharCode;

/** Turns texts into sort keys: strings whose UTF-16 order is the collation's order. */
export class SortKeys {
  readonly #table: WeightTable;
  readonly #options: CollationOptions;
  readonly #zero: number;
  /** The weights of characters by themselves; null for those that only count with their neighbours. */
  readonly #alone = new Map<string, Levels | null>();

  constructor(table: WeightTable, options: CollationOptions) {
    this.#table = table;
    this.#options = options;
    this.#zero = table.letters.get('0')?.primaries[0] ?? FIRST_RANK;
  }

  keyOf(text: string): string {
    return this.#assemble(this.#oneByOne(text) ?? this.#together(text), text);
  }

  /** The usual case: no combining marks, no digits that count together, so each character stands for itself. */
  #oneByOne(text: string): Levels | undefined {
    const levels = nothing();
    for (const char of text) {
      let own = this.#alone.get(char);
      if (own === undefined) {
        const dependent = MARK.test(char) || (this.#options.numericOrdering && DIGIT.test(char));
        own = dependent ? null : this.#together(char);
        this.#alone.set(char, own);
      }
      if (own === null) return undefined;
      append(levels, own);
    }
    return levels;
  }

  #together(text: string): Levels {
    const levels = nothing();
    const chars = Array.from(text.normalize('NFD'));
    let i = 0;
    while (i < chars.length) i = this.#element(chars, i, levels);
    return levels;
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
      levels.quaternary += unit(...weights.primaries);
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
    levels.primary += unit(...weights.primaries);
    for (const [i] of weights.primaries.entries()) {
      levels.secondary += COMMON;
      levels.cases += upper === upperFirst ? COMMON : UPPER;
      levels.tertiary += i === 0 ? unit(COMMON.charCodeAt(0) + weights.tertiary) : COMMON;
      levels.quaternary += FIXED;
    }
    if (weights.secondary > 0) this.#secondary(weights.secondary, levels);
  }

  #secondary(weight: number, levels: Levels): void {
    levels.secondary += unit(weight);
    levels.tertiary += COMMON;
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
    levels.primary += unit(this.#zero, FIRST_RANK + digits.length);
    for (const digit of digits) levels.primary += unit(FIRST_RANK + Number(digit));
    levels.secondary += COMMON;
    levels.cases += COMMON;
    levels.tertiary += COMMON;
    levels.quaternary += FIXED;
    return end;
  }

  #assemble(levels: Levels, text: string): string {
    const { strength, caseLevel, backwards, alternate } = this.#options;
    let key = levels.primary;
    if (strength >= 2)
      key += SEPARATOR + trimmed(backwards ? reversed(levels.secondary) : levels.secondary, COMMON);
    if (caseLevel) key += SEPARATOR + trimmed(levels.cases, COMMON);
    if (strength >= 3) key += SEPARATOR + trimmed(levels.tertiary, COMMON);
    if (strength >= 4 && alternate === 'shifted') key += SEPARATOR + levels.quaternary;
    key = trimmed(key, SEPARATOR);
    return strength === 5 ? `${key}\u0000${text.normalize('NFD')}` : key;
  }
}

/** Trailing smallest weights say nothing that the end does not say. */
function trimmed(weights: string, smallest: string): string {
  let end = weights.length;
  while (end > 0 && weights[end - 1] === smallest) end--;
  return weights.slice(0, end);
}

function reversed(weights: string): string {
  return weights.split('').reverse().join('');
}

/** A mark reaches its letter across marks of other places (below, above), not across one of its own place. */
function isBlocked(mark: string, between: readonly string[]): boolean {
  return between.some((other) => `x${mark}${other}`.normalize('NFD') !== `x${other}${mark}`.normalize('NFD'));
}

function isIgnorable(char: string): boolean {
  return /^[\p{Cc}\p{Cf}]$/u.test(char);
}
