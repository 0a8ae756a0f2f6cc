import type { TargetBoardQuery, TargetStatus } from '../../graph/operations.generated.ts';
import { campaignParam } from '../../url/campaign.ts';
import { optionalChoice, optionalText } from '../../url/params.ts';

export const statuses = ['MET', 'NOT_MET', 'NO_VALUE'] as const satisfies readonly TargetStatus[];

/** What the address of this view says. */
export const targetParams = {
  ...campaignParam,
  /** Only targets of this indicator; of all when left out. */
  indicator: optionalText,
  /** Only targets of this unit and those under it. */
  under: optionalText,
  /** Only targets of this period, such as 2021. */
  period: optionalText,
  status: optionalChoice(statuses),
  /** Where the targets of the indicator are read on from. */
  after: optionalText,
};

export type Indicator = NonNullable<TargetBoardQuery['campaign']>['indicators'][number];
export type Target = Indicator['targets']['nodes'][number];
