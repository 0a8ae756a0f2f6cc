const BITS = 32;

/** A set of whole numbers from 0 below 2^31 that lie close together: a bit for each up to the largest. */
export class NumberSet {
  #words = new Uint32Array(1_024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Says whether the number is new. */
  add(number: number): boolean {
    const index = Math.floor(number / BITS);
    if (index >= this.#words.length) this.#growTo(index + 1);
    const word = this.#words[index] ?? 0;
    const bit = 1 << (number & (BITS - 1));
    if (word & bit) return false;
    this.#words[index] = word | bit;
    this.#size += 1;
    return true;
  }

  clear(): void {
    this.#words.fill(0);
    this.#size = 0;
  }

  #growTo(words: number): void {
    const grown = new Uint32Array(Math.max(words, this.#words.length * 2));
    grown.set(this.#words);
    this.#words = grown;
  }
}
