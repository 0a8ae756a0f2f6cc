import type { PeriodInput } from '../../graph/operations.generated.ts';
import { campaignParam } from '../../url/campaign.ts';
import { optionalText, text, type Values } from '../../url/params.ts';

/** What the address of this view says. */
export const reportFilters = {
  ...campaignParam,
  under: text('BCA'),
  /** The period whose reports are counted; the whole campaign when left out. */
  period: optionalText,
  after: optionalText,
  afterMissing: optionalText,
};

/** Gives what the graph is asked for what the address says. */
export const questionOf = ({ period, ...filters }: Values<typeof reportFilters>) => ({
  ...filters,
  period: (period ? { code: period } : { relative: 'WHOLE_CAMPAIGN' }) satisfies PeriodInput,
});
