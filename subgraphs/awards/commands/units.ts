import type { UnitLevel } from '../../../schema/events.ts';
import { currentVersion, pathAsOf, type UnitCopyRow, versionOn } from '../../copies/units.ts';
import type { Tx } from '../../records/command/transaction.ts';
import type { Models } from '../model/models.ts';

/** A unit on a day, with the paths that a fact keeps (HOUSE, Paths of a fact). */
export interface Place {
  readonly unitId: string;
  readonly code: string;
  readonly level: UnitLevel;
  readonly provinceCode: string | null;
  readonly pathAtEvent: string;
  readonly unitPath: string;
  readonly scopePath: string;
}

/** The units that one command speaks of. */
export interface Units {
  readonly byCode: ReadonlyMap<string, UnitCopyRow>;
  readonly byId: ReadonlyMap<string, UnitCopyRow>;
  readonly today: string;
}

/** A line of successors is never longer than this; longer ones are rings. */
const MAX_SUCCESSORS = 20;

/** Gives the codes along a path, from the ministry down. */
export const codesOf = (path: string): string[] => path.split('/').filter(Boolean);

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
  for (let round = 0; round < MAX_SUCCESSORS; round += 1) {
    const next = [...byId.values()].flatMap(({ successorId }) =>
      successorId === null || byId.has(successorId) ? [] : [successorId],
    );
    if (next.length === 0) break;
    await find('_id', next);
  }
  return { byCode, byId, today };
}

/** Gives a unit on a day; null when it did not exist then. */
export function placeOn({ byId, today }: Units, unit: UnitCopyRow, date: string): Place | null {
  const version = versionOn(unit, date);
  if (!version) return null;
  const unitPath = currentVersion(unit, today).path;
  return {
    unitId: unit._id,
    code: unit.code,
    level: version.level,
    provinceCode: version.provinceCode,
    pathAtEvent: version.path,
    unitPath,
    scopePath: pathAsOf(unit, today, byId) ?? unitPath,
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
