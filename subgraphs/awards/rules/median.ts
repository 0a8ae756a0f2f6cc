/** How often one value occurs. */
export interface Tally {
  readonly value: number;
  readonly count: number;
}

/** Gives the exact median of counted values, the mean of the two middle ones when their number is even; null of none. */
export function medianOf(tallies: readonly Tally[]): number | null {
  const sorted = [...tallies].sort((a, b) => a.value - b.value);
  const total = sorted.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  const at = (place: number): number => {
    let seen = 0;
    for (const { value, count } of sorted) {
      seen += count;
      if (place < seen) return value;
    }
    return sorted.at(-1)?.value ?? 0;
  };
  return (at(Math.floor((total - 1) / 2)) + at(Math.floor(total / 2))) / 2;
}
