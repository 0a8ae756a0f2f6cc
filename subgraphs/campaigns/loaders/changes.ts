import type { PageArgs } from '../../records/connection.ts';
import { findPage } from '../../records/page.ts';
import type { RequestScope } from '../../subgraph.ts';
import { type CampaignChangeConnectionRecord, campaignFields, publishedStatuses } from '../model/campaign.ts';
import type { Models } from '../model/models.ts';

/**
 * What was ever published: what is open to everybody now, and what was put away again. A new record has no place in
 * the stream until its event has its number.
 */
const everPublished = { seq: { $gt: 0 }, status: { $in: [...publishedStatuses, 'ARCHIVED'] } };

/** Reads the latest change of each campaign ever published, in the order of the changes, by one command. */
export async function campaignChanges(
  { models, selection, signal }: RequestScope<Models>,
  args: PageArgs,
): Promise<CampaignChangeConnectionRecord> {
  const projection = {
    ...selection.projection('Campaign', campaignFields),
    code: 1,
    status: 1,
    updatedAt: 1,
  } as const;
  const sort = [{ field: 'seq', direction: 1 }] as const;
  const page = await findPage(
    { model: models.campaigns, filter: everPublished, sort, projection, signal },
    args,
  );
  return {
    edges: page.edges.map(({ cursor, node }) => ({ cursor, campaign: node })),
    endCursor: page.pageInfo.endCursor ?? args.after ?? null,
    caughtUp: !page.pageInfo.hasNextPage,
  };
}
