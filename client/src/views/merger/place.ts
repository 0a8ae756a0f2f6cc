import { searchParam } from '../../parts/search/searched.ts';
import { campaignParam } from '../../url/campaign.ts';
import { optionalDay, text } from '../../url/params.ts';

/** What the address of this view says. */
export const mergerParams = {
  ...campaignParam,
  ...searchParam,
  /** The unit whose units before and after are shown; phường Ba Đình, formed of five wards. */
  code: text('X00004.2'),
  /** The unit under which the two readings are compared. */
  under: text('BCA'),
  /** The day of the later tree; today when left out. */
  asOf: optionalDay,
};
