import type { CampaignCopyRow } from '../../copies/campaigns.ts';
import { type Standing, standingOf, withSuccessors } from '../../copies/standing.ts';
import type { UnitCopyRow } from '../../copies/units.ts';
import type { Tx } from '../../records/command/transaction.ts';
import type { Models } from '../model/models.ts';

/** Reads the copy of a campaign by its code. Refuses with NOT_FOUND at `input.campaign`. */
export async function campaignByCode(tx: Tx<Models>, code: string): Promise<CampaignCopyRow> {
  const found = await tx.models.campaigns.findOne({ code }, {}, tx.options).lean<CampaignCopyRow>();
  return (
    found ??
    tx.faults.refuse('NOT_FOUND', { path: ['input', 'campaign'], params: { type: 'Campaign', key: code } })
  );
}

/** Reads the copy of a unit by its code. Refuses with NOT_FOUND at `input.unit`. */
export async function unitByCode(tx: Tx<Models>, code: string): Promise<UnitCopyRow> {
  const found = await tx.models.units.findOne({ code }, {}, tx.options).lean<UnitCopyRow>();
  return (
    found ?? tx.faults.refuse('NOT_FOUND', { path: ['input', 'unit'], params: { type: 'Unit', key: code } })
  );
}

/** Reads what a record stands on; that it is not copied is a fault of ours. */
export async function groundOf(
  { models, options }: Tx<Models>,
  { campaignId, unitId }: { readonly campaignId: string; readonly unitId: string },
): Promise<{ readonly campaign: CampaignCopyRow; readonly unit: UnitCopyRow }> {
  // One after the other: a transaction is one conversation.
  const campaign = await models.campaigns.findOne({ _id: campaignId }, {}, options).lean<CampaignCopyRow>();
  const unit = await models.units.findOne({ _id: unitId }, {}, options).lean<UnitCopyRow>();
  if (!campaign || !unit) throw new Error(`No copy of the campaign ${campaignId} or of the unit ${unitId}.`);
  return { campaign, unit };
}

/** Gives where a unit's records stand today. */
export async function placeOf({ models, options, today }: Tx<Models>, unit: UnitCopyRow): Promise<Standing> {
  const byId = await withSuccessors([unit], (ids) =>
    models.units.find({ _id: { $in: ids } }, {}, options).lean<UnitCopyRow[]>(),
  );
  return standingOf(unit, today, byId);
}
