import { keysOfTyped, keysOfWord } from './cuts.ts';

/** Numbers are not words (nobody means "phường 12" by "phường 11"), nor is what no one would type. */
const word = /^\p{L}{1,24}$/u;

/** Gives the distinct words of folded texts. */
export function wordsOf(folded: Iterable<string>): Set<string> {
  const words = new Set<string>();
  for (const text of folded) for (const part of text.split(/\s+/u)) if (word.test(part)) words.add(part);
  return words;
}

/** Where a text stands, or would stand, in an ordered list. */
function placeIn(ordered: readonly string[], text: string): number {
  let low = 0;
  let high = ordered.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ordered[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * What a vocabulary holds, as a process keeps it: its folded texts, their words, and the keys by which mistyped words find
 * these. Some twenty thousand names take a few megabytes.
 */
export class Lexicon {
  readonly #texts = new Set<string>();
  readonly #words = new Set<string>();
  readonly #byKey = new Map<string, string[]>();
  #ordered: readonly string[] | null = null;

  /** Takes in texts; those that are known already change nothing. */
  add(texts: Iterable<string>): void {
    const fresh = [...texts].filter((text) => !this.#texts.has(text));
    for (const text of fresh) this.#texts.add(text);
    for (const word of wordsOf(fresh)) this.#addWord(word);
    if (fresh.length > 0) this.#ordered = null;
  }

  #addWord(word: string): void {
    if (this.#words.has(word)) return;
    this.#words.add(word);
    for (const key of keysOfWord(word)) {
      const others = this.#byKey.get(key);
      if (others) others.push(word);
      else this.#byKey.set(key, [word]);
    }
  }

  has(text: string): boolean {
    return this.#texts.has(text);
  }

  hasWord(word: string): boolean {
    return this.#words.has(word);
  }

  /** Whether a text begins so. */
  hasBeginning(beginning: string): boolean {
    this.#ordered ??= [...this.#texts].sort();
    return this.#ordered[placeIn(this.#ordered, beginning)]?.startsWith(beginning) ?? false;
  }

  /** Gives the words that may be meant by a typed one: those with a key in common, a few of which are too far away. */
  wordsNear(typed: string): Set<string> {
    return new Set(keysOfTyped(typed).flatMap((key) => this.#byKey.get(key) ?? []));
  }
}
