import { type UnitCopyRow, versionOn } from '../../copies/units.ts';
import type { Tx } from '../../records/command/transaction.ts';
import { codesOf } from '../../records/subtree.ts';
import { scopePathOf } from '../loaders/places.ts';
import type { Models } from '../model/models.ts';
import type { Place } from '../model/shapes.ts';

/** A unit as commands write for it. */
export interface WritingUnit {
  readonly unit: UnitCopyRow;
  /** Who may write for it is decided by this path. */
  readonly scopePath: string;
}

const unitWhere = ({ models, options }: Tx<Models>, filter: { code: string } | { _id: string }) =>
  models.units.findOne(filter, {}, options).lean<UnitCopyRow>();

const written = async (tx: Tx<Models>, unit: UnitCopyRow): Promise<WritingUnit> => ({
  unit,
  scopePath: await scopePathOf(unit, tx.today, (id) => unitWhere(tx, { _id: id })),
});

/** Gives a unit by its code. Refuses with NOT_FOUND at the input field that names it. */
export async function unitByCode(tx: Tx<Models>, code: string, field: string): Promise<WritingUnit> {
  const unit = await unitWhere(tx, { code });
  if (!unit)
    return tx.faults.refuse('NOT_FOUND', { path: ['input', field], params: { type: 'Unit', key: code } });
  return written(tx, unit);
}

/** Gives the unit of a record; that there is none is a fault of ours. */
export async function unitOf(
  tx: Tx<Models>,
  { _id, unitId }: { readonly _id: string; readonly unitId: string },
): Promise<WritingUnit> {
  const unit = await unitWhere(tx, { _id: unitId });
  if (!unit) throw new Error(`The record ${_id} is of a unit that is not copied.`);
  return written(tx, unit);
}

/** Gives where a unit stood on a day; null when it did not exist then. */
export async function placeOn(tx: Tx<Models>, unit: UnitCopyRow, day: string): Promise<Place | null> {
  const version = versionOn(unit, day);
  if (!version) return null;
  const line = await unitsAlong(tx, version.path);
  return {
    unitId: unit._id,
    pathAtEvent: version.path,
    levelAtEvent: version.level,
    line: line.map(({ _id }) => _id),
  };
}

/** Gives the units along a path, from the ministry to the unit itself. */
export async function unitsAlong({ models, options }: Tx<Models>, path: string): Promise<UnitCopyRow[]> {
  const codes = codesOf(path);
  const found = await models.units.find({ code: { $in: codes } }, {}, options).lean<UnitCopyRow[]>();
  return codes.flatMap((code) => found.find((one) => one.code === code) ?? []);
}
