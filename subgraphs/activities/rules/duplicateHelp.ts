import type { Problem } from './problem.ts';

/** What a campaign knows of a household: that it was helped, and whether by a house. */
export interface KnownHelp {
  readonly house: string | null;
}

interface Row {
  /** The campaign's hash of the number; null where none was given. */
  readonly hash: string | null;
  readonly path: readonly (string | number)[];
}

/**
 * Gives the rows whose household was helped in the campaign already: by any activity of any unit, this one included, or
 * by an earlier row of the same list. It warns, so that a second instalment is possible; a second house is an error
 * (DOMAIN §5.6). What is told is the same whoever helped: neither where, nor by whom, nor when.
 */
export function duplicateProblems(
  rows: readonly Row[],
  known: ReadonlyMap<string, KnownHelp>,
  isHouse: boolean,
): Problem[] {
  const seen = new Set<string>();
  return rows.flatMap(({ hash, path }): Problem[] => {
    if (hash === null) return [];
    const help = known.get(hash);
    const isAgain = seen.has(hash);
    seen.add(hash);
    if (!help && !isAgain) return [];
    const hasHouse = isHouse && (isAgain || help?.house != null);
    return [['DUPLICATE_SUPPORT', { path, severity: hasHouse ? 'ERROR' : 'WARNING' }]];
  });
}
