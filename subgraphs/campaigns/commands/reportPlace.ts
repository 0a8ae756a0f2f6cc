import { type UnitCopyRow, versionOn } from '../../copies/units.ts';
import type { Tx } from '../../records/command/transaction.ts';
import type { CampaignRecord } from '../model/campaign.ts';
import type { Models } from '../model/models.ts';
import { type ProgressReportRecord, underKey } from '../model/report.ts';
import type { Place } from '../model/shapes.ts';
import { unitsAlong } from './place.ts';

type ReportPlace = Place & Pick<ProgressReportRecord, 'levels' | 'underKeys'>;

/** Gives where a unit's report stands by the tree of a day, on which the unit existed. */
export async function reportPlaceOn(
  tx: Tx<Models>,
  campaignId: string,
  unit: UnitCopyRow,
  day: string,
): Promise<ReportPlace> {
  const version = versionOn(unit, day);
  if (!version) throw new Error(`The unit ${unit.code} did not exist on ${day}.`);
  const above = await unitsAlong(tx, version.path);
  const line = above.map(({ _id }) => _id);
  return {
    unitId: unit._id,
    pathAtEvent: version.path,
    levelAtEvent: version.level,
    line,
    levels: above.map((one) => versionOn(one, day)?.level ?? version.level),
    underKeys: line.map((unitId) => underKey(campaignId, unitId)),
  };
}

/**
 * Notes UNIT_OUTSIDE_CAMPAIGN unless a unit stood under the owner of a campaign: a unit's own campaign is for those
 * under it, the ministry's for all.
 */
export function requireInCampaign(
  { faults }: Tx<Models>,
  campaign: Pick<CampaignRecord, 'code' | 'ownerId'>,
  { line }: Pick<Place, 'line'>,
): void {
  if (line.includes(campaign.ownerId)) return;
  faults.add('UNIT_OUTSIDE_CAMPAIGN', { path: ['input', 'unit'], params: { campaign: campaign.code } });
}
