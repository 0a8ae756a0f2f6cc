import { type UnitCopyRow, versionOn } from '../../copies/units.ts';
import type { Tx } from '../../records/command/transaction.ts';
import type { Models } from '../model/models.ts';
import { invalid } from '../rules/problem.ts';
import { atPlan, type Plan } from './planInput.ts';

/**
 * Checks the units that help with an activity: each is known, is not the owner, is named once, and existed on the first
 * day. Gives their ids in the order named.
 */
export async function checkHelpers(
  tx: Tx<Models>,
  owner: UnitCopyRow,
  { coOrganisers, startsOn }: Plan,
): Promise<string[]> {
  if (coOrganisers.length === 0) return [];
  const rows = await tx.models.units
    .find({ code: { $in: coOrganisers } }, {}, tx.options)
    .lean<UnitCopyRow[]>();
  const byCode = new Map(rows.map((row) => [row.code, row]));
  return coOrganisers.flatMap((code, index) => {
    const path = [...atPlan, 'coOrganisers', index];
    const helper = byCode.get(code);
    if (!helper) {
      tx.faults.add('NOT_FOUND', { path, params: { type: 'Unit', key: code } });
      return [];
    }
    if (helper._id === owner._id || coOrganisers.indexOf(code) !== index) {
      tx.faults.add(...invalid(path, ownOrTwice.vi, ownOrTwice.en));
    }
    if (!versionOn(helper, startsOn)) {
      tx.faults.add('UNIT_CLOSED_ON_DATE', { path, params: { unit: code, day: startsOn } });
    }
    return [helper._id];
  });
}

const ownOrTwice = {
  vi: 'Đơn vị phối hợp phải khác đơn vị chủ trì và chỉ nêu một lần.',
  en: 'A unit that helps is another than the owner, and is named once.',
};
