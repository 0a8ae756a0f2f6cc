import { z } from 'zod';
import { code, localizedText, optional } from '../../records/command/inputs.ts';
import { requireReach } from '../../records/command/reach.ts';
import type { Tx } from '../../records/command/transaction.ts';
import type { CampaignRecord } from '../model/campaign.ts';
import type { Models } from '../model/models.ts';
import type { ParticipationRecord } from '../model/participation.ts';
import { joinableStates } from '../rules/participationMachine.ts';
import { unitOf } from './place.ts';
import { participations } from './reportAggregates.ts';

/** What a unit says of its part in a campaign. */
export const participationInput = {
  localTheme: optional(localizedText(500)),
  registeredTitles: z
    .array(code)
    .max(20)
    .refine((titles) => new Set(titles).size === titles.length)
    .nullish()
    .transform((titles) => titles ?? []),
};

/** Notes PARENT_NOT_ACTIVE unless the campaign can be joined. */
export function requireJoinable(
  { faults }: Tx<Models>,
  campaign: CampaignRecord,
  path: readonly string[],
): void {
  if (joinableStates.includes(campaign.status)) return;
  const params = { code: campaign.code, status: campaign.status };
  faults.add('PARENT_NOT_ACTIVE', { path, params });
}

/** Notes INPUT_INVALID unless a day lies between the plan of the campaign and today. */
export function requireDay(
  { faults, today }: Tx<Models>,
  day: string,
  { issuedOn }: CampaignRecord,
  field: string,
): void {
  if (day >= issuedOn && day <= today) return;
  faults.add('INPUT_INVALID', {
    path: ['input', field],
    params: {
      vi: `Ngày phải từ ${issuedOn} đến ${today}.`,
      en: `The day lies between ${issuedOn} and ${today}.`,
    },
  });
}

/**
 * Gives the participation that a command is about, with its campaign. Refuses with NOT_FOUND and VERSION_CONFLICT,
 * throws OUT_OF_SUBTREE.
 */
export async function takeParticipation(
  tx: Tx<Models>,
  input: { readonly id: string; readonly expectedVersion: number },
): Promise<{ readonly row: ParticipationRecord; readonly campaign: CampaignRecord }> {
  const { scopePath } = await unitOf(tx, await tx.get(participations, input.id));
  const row = await tx.take(participations, input, () => requireReach(tx.viewer, scopePath));
  const campaign = await tx.models.campaigns
    .findOne({ _id: row.campaignId }, {}, tx.options)
    .lean<CampaignRecord>();
  if (!campaign) throw new Error(`The participation ${row._id} is of no campaign.`);
  return { row, campaign };
}
