import { campaignParam } from '../../url/campaign.ts';
import { optionalText, text } from '../../url/params.ts';

/** What the address of this view says. */
export const reportFilters = {
  ...campaignParam,
  under: text('BCA'),
  period: text('2021-10'),
  after: optionalText,
  afterMissing: optionalText,
};
