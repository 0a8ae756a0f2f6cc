/** A generator of the same numbers on every machine: the demo never depends on chance. */
export interface Random {
  /** A number in [0, 1). */
  readonly next: () => number;
  /** A whole number in [from, to]. */
  readonly int: (from: number, to: number) => number;
  /** One of the items. */
  readonly pick: <Item>(items: readonly Item[]) => Item;
  /** Whether an event of that probability happens. */
  readonly chance: (probability: number) => boolean;
}

/** FNV-1a over the name, so that each use has a sequence of its own and adding one moves no other. */
const hash = (name: string): number => {
  let value = 0x811c9dc5;
  for (const char of name) value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return value;
};

/** Makes the generator of a name (the algorithm is mulberry32). */
export function randomOf(name: string): Random {
  let state = hash(name);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[int(0, items.length - 1)];
    if (item === undefined) throw new RangeError('Nothing to pick from.');
    return item;
  };
  return { next, int, pick, chance: (probability) => next() < probability };
}
