/** A score that can be ranked; `pathAtEvent` orders equal scores for reading, it never decides a rank. */
export interface Scored {
  readonly unitId: string;
  readonly pathAtEvent: string;
  readonly score: number;
}

export interface Ranked {
  readonly rank: number;
  readonly tied: boolean;
  readonly previousRank: number | null;
}

/**
 * Ranks scores, the best first: equal scores share a rank and the next rank skips (1, 2, 2, 4). Gives each its rank
 * among the scores of the period before, null where it was not ranked then.
 */
export function ranking<Row extends Scored>(
  rows: readonly Row[],
  before: readonly Scored[],
): (Row & Ranked)[] {
  const previous = ranksOf(before);
  const ranks = ranksOf(rows);
  const count = new Map<number, number>();
  for (const { score } of rows) count.set(score, (count.get(score) ?? 0) + 1);
  return [...rows].sort(byScore).map((row) => ({
    ...row,
    rank: ranks.get(row.unitId) ?? 0,
    tied: (count.get(row.score) ?? 0) > 1,
    previousRank: previous.get(row.unitId) ?? null,
  }));
}

const byScore = (a: Scored, b: Scored): number =>
  b.score - a.score || (a.pathAtEvent < b.pathAtEvent ? -1 : a.pathAtEvent > b.pathAtEvent ? 1 : 0);

function ranksOf(rows: readonly Scored[]): Map<string, number> {
  const ranks = new Map<string, number>();
  let rank = 0;
  let last: number | null = null;
  for (const [index, { unitId, score }] of [...rows].sort(byScore).entries()) {
    if (score !== last) rank = index + 1;
    last = score;
    ranks.set(unitId, rank);
  }
  return ranks;
}

/** Gives the code of the period of the same length before a year, half, quarter or month; null for any other. */
export function previousPeriod(code: string): string | null {
  const [, year, letter = '', number] = /^(\d{4})(?:-([HQ]?)(\d{1,2}))?$/u.exec(code) ?? [];
  if (!year) return null;
  if (!number) return String(Number(year) - 1);
  const last = { H: 2, Q: 4, '': 12 }[letter] ?? 12;
  const before = Number(number) === 1 ? last : Number(number) - 1;
  const beforeYear = Number(number) === 1 ? Number(year) - 1 : Number(year);
  return `${beforeYear}-${letter}${letter ? before : String(before).padStart(2, '0')}`;
}
