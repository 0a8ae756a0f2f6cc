import { currentVersion, pathAsOf, type UnitCopyRow, versionOn } from '../../copies/units.ts';

type Line = Pick<UnitCopyRow, '_id' | 'versions' | 'successorId'>;

/**
 * Gives the path by which it is decided who may write for a unit: its own while it lives, then that of the successor
 * that took it over; of one that nobody took over, its last (HOUSE, Paths of a fact).
 */
export async function scopePathOf(
  unit: UnitCopyRow,
  today: string,
  unitById: (id: string) => PromiseLike<UnitCopyRow | null>,
): Promise<string> {
  const line = new Map([[unit._id, unit]]);
  let last: UnitCopyRow | null = unit;
  for (let next = successorOf(last, today); last && next !== null; next = successorOf(last, today)) {
    if (line.has(next)) break;
    last = await unitById(next);
    if (last) line.set(last._id, last);
  }
  return pathAsOf(unit, today, line) ?? currentVersion(unit, today).path;
}

/** Who is asked for next; null where the line ends. */
const successorOf = (unit: Line | null, today: string): string | null =>
  unit === null || versionOn(unit, today) ? null : unit.successorId;
