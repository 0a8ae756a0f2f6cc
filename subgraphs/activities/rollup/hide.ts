import { MIN_CELL } from '../../records/suppress.ts';

/** A count with the keys of its row. */
export interface Count {
  readonly keys: readonly string[];
  readonly value: number;
}

export interface Hidden {
  /** For each count, in their order. */
  readonly counts: readonly boolean[];
  readonly unallocated: boolean;
  readonly total: boolean;
}

const isSmall = (value: number): boolean => value > 0 && value < MIN_CELL;

/**
 * Says which counts of a rollup are hidden from a viewer outside: all of 1 to 4, and more, so that none of them can be
 * had back by subtracting. Along every dimension the counts that differ in it alone add up to a number that another
 * rollup gives, and all of them with `unallocated` to the total of this one: where a single one of such a line is hidden,
 * the smallest other that is not zero is hidden too (DOMAIN §5.9). With nothing else to hide, the total itself is.
 */
export function hide(counts: readonly Count[], unallocated: number, total: number): Hidden {
  const ordered = inOrder(counts);
  const values = [...ordered.map(({ count }) => count.value), unallocated];
  const hidden = values.map(isSmall);
  const whole = values.map((_, index) => index);
  const lines = [whole, ...linesOf(ordered.map(({ count }) => count))];
  while (lines.map((line) => hidePartner(line, values, hidden)).some(Boolean));
  const single = whole.filter((index) => hidden[index]).length === 1;
  const byPlace = new Map(ordered.map(({ place }, index) => [place, hidden[index] ?? false]));
  return {
    counts: counts.map((_, place) => byPlace.get(place) ?? false),
    unallocated: hidden.at(-1) ?? false,
    total: isSmall(total) || (single && total > 0),
  };
}

/**
 * The counts in the order of their keys: which of several equal ones is hidden must not depend on where the rows came
 * from, or two answers to one question would hide different ones.
 */
const inOrder = (counts: readonly Count[]) =>
  counts
    .map((count, place) => ({ count, place, name: JSON.stringify(count.keys) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

/** For each dimension, the counts whose keys differ in that one only; a single dimension makes the whole once more. */
function linesOf(counts: readonly Count[]): number[][] {
  const dimensions = counts[0]?.keys.length ?? 0;
  if (dimensions < 2) return [];
  const lines = new Map<string, number[]>();
  counts.forEach(({ keys }, index) => {
    for (let free = 0; free < dimensions; free += 1) {
      const name = JSON.stringify([free, ...keys.filter((_, place) => place !== free)]);
      const line = lines.get(name) ?? [];
      line.push(index);
      lines.set(name, line);
    }
  });
  return [...lines.values()];
}

/** Hides the smallest other non-zero count of a line that has exactly one hidden; says whether it did. */
function hidePartner(line: readonly number[], values: readonly number[], hidden: boolean[]): boolean {
  if (line.filter((index) => hidden[index]).length !== 1) return false;
  const valueAt = (index: number): number => values[index] ?? 0;
  const [partner] = line
    .filter((index) => !hidden[index] && valueAt(index) > 0)
    .sort((a, b) => valueAt(a) - valueAt(b));
  if (partner === undefined) return false;
  hidden[partner] = true;
  return true;
}
