import { currentVersion, pathAsOf, type UnitCopyRow } from './units.ts';

/** Where the records of a unit stand today (HOUSE, Decisions, Paths of a fact). */
export interface Standing {
  /** The unit's own path, or its last. */
  readonly unitPath: string;
  /** The path of its living primary FULL successor: who may see and write its records. So a closed unit can be filed for. */
  readonly scopePath: string;
}

/** Gives where a unit stands; `byId` holds at least its line of successors. */
export function standingOf(
  unit: UnitCopyRow,
  today: string,
  byId: ReadonlyMap<string, UnitCopyRow>,
): Standing {
  const unitPath = currentVersion(unit, today).path;
  return { unitPath, scopePath: pathAsOf(unit, today, byId) ?? unitPath };
}

/** Gives units by their ids, with all that followed them; `find` is asked once for each step of the lines. */
export async function withSuccessors(
  some: readonly UnitCopyRow[],
  find: (ids: readonly string[]) => Promise<readonly UnitCopyRow[]>,
): Promise<Map<string, UnitCopyRow>> {
  const byId = new Map(some.map((unit) => [unit._id, unit]));
  let missing = unknownSuccessors(some, byId);
  while (missing.length > 0) {
    const rows = await find(missing);
    for (const row of rows) byId.set(row._id, row);
    missing = unknownSuccessors(rows, byId);
  }
  return byId;
}

const unknownSuccessors = (
  units: readonly UnitCopyRow[],
  byId: ReadonlyMap<string, UnitCopyRow>,
): string[] => [
  ...new Set(
    units.flatMap(({ successorId }) => (successorId !== null && !byId.has(successorId) ? [successorId] : [])),
  ),
];
