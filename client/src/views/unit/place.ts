import { searchParam } from '../../parts/search/searched.ts';
import { campaignParam } from '../../url/campaign.ts';
import { text } from '../../url/params.ts';

/** What the address of this view says. */
export const cardParams = { ...campaignParam, ...searchParam, code: text('BCA') };
