import type { HierarchyInput, PeriodInput } from '../../graph/operations.generated.ts';
import { campaignParam } from '../../url/campaign.ts';
import { choice, optionalText, text } from '../../url/params.ts';

/** What is measured: each can be had for every province and month. */
export const metrics = ['ACTIVITIES', 'AMOUNT', 'DELIVERIES'] as const;
export type Metric = (typeof metrics)[number];

/** The whole force, which the trend is of until a province is chosen. */
export const everyone = 'BCA';

/** A day after the reorganisation of 2025, by whose provinces everything may be counted. */
export const afterMerger = '2026-01-01';

/** What the address of this view says. */
export const supportFilters = {
  ...campaignParam,
  metric: choice(metrics, 'ACTIVITIES'),
  /** The period counted; the whole campaign when left out. */
  period: optionalText,
  compareWith: optionalText,
  /** The unit that the trend is of. */
  under: text(everyone),
  /** By the provinces of which day; by those of the day of each activity when left out. */
  asOf: optionalText,
};

/** Gives the period that the graph is asked for. */
export const duringOf = (period: string | null): PeriodInput =>
  period ? { code: period } : { relative: 'WHOLE_CAMPAIGN' };

/** Gives the tree of units that the graph is asked to count by. */
export const hierarchyOf = (asOf: string | null): HierarchyInput | null =>
  asOf ? { mode: 'AS_OF', asOf } : null;
