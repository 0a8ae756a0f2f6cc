import { campaignParam } from '../../url/campaign.ts';
import { optionalText, text } from '../../url/params.ts';

/** What the address of this view says. */
export const houseFilters = {
  ...campaignParam,
  /** The day on which houses were overdue. */
  on: text('2022-06-30'),
  after: optionalText,
};
