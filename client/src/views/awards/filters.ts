import type { AwardStatus } from '../../graph/operations.generated.ts';
import { campaignParam } from '../../url/campaign.ts';
import { optionalChoice, optionalText } from '../../url/params.ts';

/** What an award is worth today, in the order in which it is offered. */
export const awardStatuses = ['DECIDED', 'CONFERRED', 'REVOKED'] as const satisfies readonly AwardStatus[];

/** What the address of this view says. */
export const awardFilters = {
  ...campaignParam,
  /** The form of award that the gazette is of; all when left out. */
  form: optionalText,
  status: optionalChoice(awardStatuses),
  after: optionalText,
};
