import { currentVersion, pathAsOf, unitCopyRow, versionOn } from '../../../subgraphs/copies/units.ts';
import { codesOf } from '../../../subgraphs/records/subtree.ts';
import type { SeedTree } from '../units/tree.ts';

/** A unit as it stood on a day, with what its records keep of that day. */
export interface SeedUnit {
  readonly id: string;
  readonly code: string;
  readonly level: string;
  readonly name: { readonly vi: string; readonly en: string | null };
  readonly path: string;
  /** Ids and levels of the units along the path. */
  readonly line: readonly string[];
  readonly levels: readonly string[];
  readonly provinceCode: string | null;
  /** Where its living successor stands, or where it last stood itself. */
  readonly scopePath: string;
}

/** After every reorganisation that the seed knows. */
const TODAY = '2026-01-01';

/** Gives all units of a day in the order of the tree. */
export function unitsOn(tree: SeedTree, date: string): SeedUnit[] {
  const copies = tree.copies.map(unitCopyRow);
  const byId = new Map(copies.map((copy) => [copy._id, copy]));
  const byCode = new Map(copies.map((copy) => [copy.code, copy]));
  const names = new Map<string, SeedUnit['name']>();
  for (const { unitId, from, before, name } of tree.rows.versions) {
    if (from <= date && (before === null || date < before))
      names.set(unitId, { vi: name.vi, en: name.en ?? null });
  }
  const units = copies.flatMap((copy): SeedUnit[] => {
    const version = versionOn(copy, date);
    const name = names.get(copy._id);
    if (!version || !name) return [];
    const above = codesOf(version.path).flatMap((code) => byCode.get(code) ?? []);
    return [
      {
        id: copy._id,
        code: copy.code,
        level: version.level,
        name,
        path: version.path,
        line: above.map(({ _id }) => _id),
        levels: above.map((unit) => versionOn(unit, date)?.level ?? version.level),
        provinceCode: version.provinceCode,
        scopePath: pathAsOf(copy, TODAY, byId) ?? currentVersion(copy, TODAY).path,
      },
    ];
  });
  return units.sort((a, b) => (a.path < b.path ? -1 : 1));
}
