import { searchParam } from '../../parts/search/searched.ts';
import { campaignParam } from '../../url/campaign.ts';
import { choice, text } from '../../url/params.ts';

/** What the address of this view says. */
export const cardParams = {
  ...campaignParam,
  ...searchParam,
  code: text('BCA'),
  /** Whether the awards are those of the campaign in view, as all figures are, or those of all campaigns. */
  awards: choice(['campaign', 'all'], 'campaign'),
};
