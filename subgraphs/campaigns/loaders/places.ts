import { standingOf, withSuccessors } from '../../copies/standing.ts';
import type { UnitCopyRow } from '../../copies/units.ts';

/** Gives the path by which it is decided who may write for a unit; `unitById` is asked for its successors. */
export async function scopePathOf(
  unit: UnitCopyRow,
  today: string,
  unitById: (id: string) => PromiseLike<UnitCopyRow | null>,
): Promise<string> {
  const byId = await withSuccessors([unit], async (ids) =>
    (await Promise.all(ids.map(unitById))).filter((one) => one !== null),
  );
  return standingOf(unit, today, byId).scopePath;
}
