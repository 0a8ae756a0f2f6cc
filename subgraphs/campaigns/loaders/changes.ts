import { type ChangeArgs, readChanges } from '../../records/changeStream.ts';
import { fingerprint } from '../../records/cursor.ts';
import type { RequestScope } from '../../subgraph.ts';
import {
  type CampaignChangeConnectionRecord,
  type CampaignRecord,
  campaignFields,
  publishedStatuses,
} from '../model/campaign.ts';
import type { Models } from '../model/models.ts';

/** What was ever published: what is open to everybody now, and what was put away again. */
const everPublished = { status: { $in: [...publishedStatuses, 'ARCHIVED'] } };

const print = fingerprint('campaignChanges');

/** Reads the latest change of each campaign ever published, in the order of the changes. */
export async function campaignChanges(
  { models, selection, signal }: RequestScope<Models>,
  args: ChangeArgs,
): Promise<CampaignChangeConnectionRecord> {
  const projection = { ...selection.projection('Campaign', campaignFields), code: 1 } as const;
  const stream = { model: models.campaigns, filter: everPublished, projection, print, signal };
  const { edges, ...end } = await readChanges<CampaignRecord>(stream, args);
  return { edges: edges.map(({ cursor, row }) => ({ cursor, campaign: row })), ...end };
}
