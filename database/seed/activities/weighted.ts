/** Picks items by weight: gives the item that lies at a share (0 ≤ share < 1) of all weights, in their order. */
export class Weighted<Item> {
  readonly #items: readonly Item[];
  readonly #ends: Float64Array;

  constructor(items: readonly Item[], weightOf: (item: Item) => number) {
    this.#items = items;
    this.#ends = new Float64Array(items.length);
    let end = 0;
    for (const [index, item] of items.entries()) {
      end += weightOf(item);
      this.#ends[index] = end;
    }
  }

  get size(): number {
    return this.#items.length;
  }

  /** The place of the item at a share. */
  placeAt(share: number): number {
    const target = share * (this.#ends.at(-1) ?? 0);
    let low = 0;
    let high = this.#items.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ends[middle] ?? 0) > target) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The item at a place. Throws RangeError outside. */
  at(place: number): Item {
    const item = this.#items[place];
    if (item === undefined) throw new RangeError(`There is no item ${place} of ${this.#items.length}.`);
    return item;
  }
}
