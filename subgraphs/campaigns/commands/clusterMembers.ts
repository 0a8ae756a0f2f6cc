import { commonAncestor, type UnitCopyRow, versionOn } from '../../copies/units.ts';
import { requireSubtree } from '../../records/command/reach.ts';
import type { Tx } from '../../records/command/transaction.ts';
import { scopePathOf } from '../loaders/places.ts';
import type { EmulationClusterRecord } from '../model/cluster.ts';
import type { Models } from '../model/models.ts';
import { dayOfTarget } from '../rules/targetPeriod.ts';

type Unit = UnitCopyRow;
type Found = readonly { readonly unit: Unit; readonly scopePath: string }[];

async function found(tx: Tx<Models>, units: readonly Unit[]): Promise<Found> {
  const unitById = (id: string) => tx.models.units.findOne({ _id: id }, {}, tx.options).lean<Unit>();
  return Promise.all(
    units.map(async (unit) => ({ unit, scopePath: await scopePathOf(unit, tx.today, unitById) })),
  );
}

/** Throws OUT_OF_SUBTREE unless all members of a cluster lie in the viewer's part of the tree. */
export async function requireCluster(
  tx: Tx<Models>,
  { memberIds }: Pick<EmulationClusterRecord, 'memberIds'>,
): Promise<void> {
  const units = await tx.models.units.find({ _id: { $in: memberIds } }, {}, tx.options).lean<Unit[]>();
  const paths = (await found(tx, units)).map(({ scopePath }) => scopePath);
  requireSubtree(tx.viewer, paths.reduce(commonAncestor, paths[0] ?? '/'));
}

/**
 * Gives the ids of the units that are to make up a cluster of a year, in the order of the tree. Refuses with NOT_FOUND
 * by row; notes INPUT_INVALID for a unit named twice and UNIT_ABSENT for one that did not exist in the year. Throws
 * OUT_OF_SUBTREE.
 */
export async function membersOf(tx: Tx<Models>, codes: readonly string[], year: number): Promise<string[]> {
  const units = await tx.models.units.find({ code: { $in: codes } }, {}, tx.options).lean<Unit[]>();
  const byCode = new Map(units.map((unit) => [unit.code, unit]));
  codes.forEach((code, row) => {
    if (!byCode.has(code)) addFault(tx, 'NOT_FOUND', row, { type: 'Unit', key: code });
  });
  tx.faults.check();
  for (const { scopePath } of await found(tx, units)) requireSubtree(tx.viewer, scopePath);
  const days = { from: `${year}-01-01`, before: `${year + 1}-01-01` };
  const placed = codes.flatMap((code, row) => {
    const unit = byCode.get(code);
    const day = unit ? dayOfTarget(days, unit.versions) : null;
    if (codes.indexOf(code) < row) addFault(tx, 'INPUT_INVALID', row, twice);
    else if (unit && day) return [{ id: unit._id, path: versionOn(unit, day)?.path ?? '' }];
    else addFault(tx, 'UNIT_ABSENT', row, { unit: code, day: String(year) });
    return [];
  });
  return placed.sort((a, b) => (a.path < b.path ? -1 : 1)).map(({ id }) => id);
}

const twice = { vi: 'Đơn vị có hai lần trong cụm.', en: 'The unit is in the cluster twice.' };

const addFault = ({ faults }: Tx<Models>, code: string, row: number, params: Record<string, string>): void =>
  faults.add(code, { path: ['input', 'members', row], params });

/** Gives the id of the member that leads. Notes CLUSTER_NOT_MEMBER for any other unit. */
export async function leaderOf(tx: Tx<Models>, code: string, memberIds: readonly string[]): Promise<string> {
  const unit = await tx.models.units.findOne({ code }, {}, tx.options).lean<Unit>();
  if (!unit || !memberIds.includes(unit._id))
    tx.faults.add('CLUSTER_NOT_MEMBER', { path: ['input', 'leader'], params: { unit: code } });
  return unit?._id ?? '';
}
