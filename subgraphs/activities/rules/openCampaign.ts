import type { CampaignCopyRow } from '../../copies/campaigns.ts';
import type { Problem } from './problem.ts';

/**
 * Units plan from the day a campaign is published, and file late when it is closed; once it is summed up its books are
 * shut (DOMAIN §5.6: a closed district can still file late for 2021).
 */
const openStatuses: readonly CampaignCopyRow['status'][] = ['PUBLISHED', 'ACTIVE', 'CLOSED'];

/** Gives what is wrong with writing in a campaign of that status, or null. */
export const campaignProblem = (
  { code, status }: Pick<CampaignCopyRow, 'code' | 'status'>,
  path: readonly string[],
): Problem | null =>
  openStatuses.includes(status)
    ? null
    : ['CAMPAIGN_NOT_OPEN', { path, params: { campaign: code, status, allowed: openStatuses.join(', ') } }];
