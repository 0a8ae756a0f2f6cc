import type { CampaignCopyRow } from '../../copies/campaigns.ts';
import { requireOwnUnit } from '../../records/command/reach.ts';
import type { Tx } from '../../records/command/transaction.ts';
import type { ActivityRow } from '../model/activity.ts';
import type { CatalogueRow } from '../model/catalogue.ts';
import type { Models } from '../model/models.ts';
import type { DayBounds } from '../rules/deliveryDay.ts';
import { campaignProblem } from '../rules/openCampaign.ts';
import { activities } from './aggregates.ts';

/** What a hand-over belongs to and is checked by: its activity, the days it may lie on, the catalogues. */
export interface Ground {
  readonly activity: ActivityRow;
  readonly days: DayBounds;
  readonly groups: readonly CatalogueRow[];
  readonly sources: readonly CatalogueRow[];
}

/**
 * Reads the activity of a command, at the version that the client has seen, for a viewer of the very unit.
 * Throws OUT_OF_SUBTREE. Refuses with NOT_FOUND, VERSION_CONFLICT, or CAMPAIGN_NOT_OPEN.
 */
export async function takeGround(
  tx: Tx<Models>,
  input: { readonly id: string; readonly expectedVersion: number },
): Promise<Ground> {
  const activity = await tx.take(activities, input, ({ scopePath }) => requireOwnUnit(tx.viewer, scopePath));
  // One after the other: a transaction's session takes no two commands at once.
  const campaign = await tx.models.campaigns
    .findOne({ _id: activity.campaignId }, {}, tx.options)
    .lean<CampaignCopyRow>();
  const entries = await tx.models.catalogue.find({}, {}, tx.options).lean<CatalogueRow[]>();
  if (!campaign) throw new Error(`No copy of the campaign ${activity.campaignId}.`);
  const problem = campaignProblem(campaign, []);
  if (problem) tx.faults.refuse(...problem);
  return {
    activity,
    days: { campaign, startsOn: activity.startsOn, today: tx.today },
    groups: entries.filter(({ dimension }) => dimension === 'GROUP'),
    sources: entries.filter(({ dimension }) => dimension === 'FUNDING'),
  };
}
