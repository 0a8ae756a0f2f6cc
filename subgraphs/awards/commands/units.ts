import type { UnitLevel } from '../../../schema/events.ts';
import { type Standing, standingOf, withSuccessors } from '../../copies/standing.ts';
import { type UnitCopyRow, versionOn } from '../../copies/units.ts';
import type { Tx } from '../../records/command/transaction.ts';
import { codesOf } from '../../records/subtree.ts';
import type { Models } from '../model/models.ts';

/** A unit on a day, with the paths that a fact keeps (HOUSE, Paths of a fact). */
export interface Place extends Standing {
  readonly unitId: string;
  readonly code: string;
  readonly level: UnitLevel;
  readonly provinceCode: string | null;
  readonly pathAtEvent: string;
}

/** The units that one command speaks of. */
export interface Units {
  readonly byCode: ReadonlyMap<string, UnitCopyRow>;
  readonly byId: ReadonlyMap<string, UnitCopyRow>;
  readonly today: string;
}

/** Gives the code of the unit that a path ends in. */
export const codeOf = (path: string): string => codesOf(path).at(-1) ?? '';

/** Reads units by codes and ids, all that were ever above them, and all that followed them. Unknown ones are left out. */
export async function readUnits(
  { models, options, today }: Tx<Models>,
  { codes = [], ids = [] }: { readonly codes?: readonly string[]; readonly ids?: readonly string[] },
): Promise<Units> {
  const byCode = new Map<string, UnitCopyRow>();
  const byId = new Map<string, UnitCopyRow>();
  const find = async (field: 'code' | '_id', wanted: Iterable<string>) => {
    const known = field === 'code' ? byCode : byId;
    const keys = [...new Set(wanted)].filter((key) => !known.has(key));
    if (keys.length === 0) return;
    const rows = await models.units.find({ [field]: { $in: keys } }, {}, options).lean<UnitCopyRow[]>();
    for (const row of rows) {
      byCode.set(row.code, row);
      byId.set(row._id, row);
    }
  };
  await find('code', codes);
  await find('_id', ids);
  await find(
    'code',
    [...byCode.values()].flatMap(({ versions }) => versions.flatMap(({ path }) => codesOf(path))),
  );
  await withSuccessors([...byId.values()], async (next) => {
    await find('_id', next);
    return next.flatMap((id) => byId.get(id) ?? []);
  });
  return { byCode, byId, today };
}

/** Gives a unit on a day; null when it did not exist then. */
export function placeOn({ byId, today }: Units, unit: UnitCopyRow, date: string): Place | null {
  const version = versionOn(unit, date);
  if (!version) return null;
  return {
    unitId: unit._id,
    code: unit.code,
    level: version.level,
    provinceCode: version.provinceCode,
    pathAtEvent: version.path,
    ...standingOf(unit, today, byId),
  };
}

/** Gives a unit and all above it on a day, the nearest first. */
export const lineOf = (units: Units, { pathAtEvent }: Place, date: string): Place[] =>
  codesOf(pathAtEvent)
    .reverse()
    .flatMap((code) => {
      const unit = units.byCode.get(code);
      return (unit && placeOn(units, unit, date)) ?? [];
    });
