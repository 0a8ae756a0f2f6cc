import { expect, it } from 'vitest';
import { campaignStatuses } from '../../../schema/events.ts';
import { campaignProblem } from './openCampaign.ts';

it.each(
  campaignStatuses.map((status) => [status, ['PUBLISHED', 'ACTIVE', 'CLOSED'].includes(status)] as const),
)('in a campaign that is %s, planning is allowed: %s', (status, allowed) => {
  const path = ['input', 'campaign'];
  const params = { campaign: 'BCA-1', status, allowed: 'PUBLISHED, ACTIVE, CLOSED' };
  expect(campaignProblem({ code: 'BCA-1', status }, path)).toEqual(
    allowed ? null : ['CAMPAIGN_NOT_OPEN', { path, params }],
  );
});
