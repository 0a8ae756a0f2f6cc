/**
 * Gives the Damerau–Levenshtein distance of two words: how many letters must be put in, left out, replaced or swapped
 * with their neighbour to make one of the other. It is the true one (Lowrance and Wagner 1975), which is a metric: letters
 * may be put between two that were swapped.
 */
export function distance(a: string, b: string): number {
  const from = [...a];
  const to = [...b];
  // One row and column before the usual ones, of a price that no way pays.
  const never = from.length + to.length;
  const rows = [Array<number>(to.length + 2).fill(never), [never, ...to.map((_, at) => at), to.length]];
  /** The last row in which each letter stood. */
  const lastRowOf = new Map<string, number>();
  from.forEach((letter, i) => {
    const row = [never, i + 1];
    let lastMatch = 0;
    to.forEach((other, j) => {
      const same = letter === other;
      const above = rows[i + 1] ?? [];
      const swapRow = lastRowOf.get(other) ?? 0;
      const swapped = (rows[swapRow]?.[lastMatch] ?? never) + (i - swapRow) + 1 + (j - lastMatch);
      const replaced = (above[j + 1] ?? never) + (same ? 0 : 1);
      const leftOut = (above[j + 2] ?? never) + 1;
      const putIn = (row[j + 1] ?? never) + 1;
      row.push(Math.min(replaced, leftOut, putIn, swapped));
      if (same) lastMatch = j + 1;
    });
    rows.push(row);
    lastRowOf.set(letter, i + 1);
  });
  return rows.at(-1)?.at(-1) ?? 0;
}
