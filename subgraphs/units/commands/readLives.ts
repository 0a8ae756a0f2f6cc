import type { Tx } from '../../records/command/transaction.ts';
import { under } from '../../records/subtree.ts';
import type { Models } from '../model/models.ts';
import type { UnitRecord } from '../model/unit.ts';
import type { UnitVersionRow } from '../model/version.ts';
import { lastVersion, type Versions } from '../rules/timeline.ts';

/** A unit with everything it has been. */
export interface Life {
  readonly unit: UnitRecord;
  readonly versions: Versions;
}

/** More levels than the organisation has; they make the levels below a unit points of the index (see loaders/onDate.ts). */
const MAX_LEVELS = 7;
const ALL = 100_000;

/** Reads units and everything they have been, by their codes, in two commands. */
export async function readLives(tx: Tx<Models>, codes: readonly string[]): Promise<Map<string, Life>> {
  const { units, versions } = tx.models;
  if (codes.length === 0) return new Map();
  const rows = await units
    .find({ code: { $in: codes } }, {}, tx.options)
    .batchSize(ALL)
    .lean<UnitRecord[]>();
  const been = await versions
    .find({ code: { $in: codes } }, {}, tx.options)
    .sort({ code: 1, from: 1 })
    .batchSize(ALL)
    .lean<UnitVersionRow[]>();
  const byCode = new Map(rows.map(({ code }) => [code, [] as UnitVersionRow[]]));
  for (const version of been) byCode.get(version.code)?.push(version);
  return new Map(rows.map((unit) => [unit.code, { unit, versions: byCode.get(unit.code) ?? [] }]));
}

/**
 * Reads all units that stand below a path at any time from a day on, parents before children. Also those that will only
 * come there or leave: a change above them has to know.
 */
export async function readBelow(tx: Tx<Models>, path: string, depth: number, on: string): Promise<Life[]> {
  const below = await tx.models.versions
    .find(
      {
        depth: { $in: Array.from({ length: MAX_LEVELS }, (_, level) => depth + 1 + level) },
        path: under(path),
        before: { $not: { $lte: on } },
      },
      { code: 1 },
      tx.options,
    )
    .batchSize(ALL)
    .lean<{ code: string }[]>();
  const lives = await readLives(tx, [...new Set(below.map(({ code }) => code))]);
  return [...lives.values()].toSorted(
    (a, b) => lastVersion(a.versions).depth - lastVersion(b.versions).depth,
  );
}
