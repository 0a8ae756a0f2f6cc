import type { Localized } from '../../language/language.ts';
import { dayBefore } from '../days.ts';

/** What the graph says of the days of a campaign. */
interface CampaignDays {
  readonly period: { readonly from: string; readonly before: string };
  /** The last day that is reported on; or that anything was done for people: whatever the view is about. */
  readonly reportsUntil?: string | null;
  readonly supportSummary?: { readonly latestOn: string | null } | null;
  readonly phases?: readonly Phase[];
}

interface Phase {
  readonly code: string;
  readonly name: Localized;
}

/** The periods that a campaign can be asked about: those of the calendar that its days lie in, and its phases. */
export interface Periods {
  readonly months: readonly string[];
  readonly quarters: readonly string[];
  readonly years: readonly string[];
  readonly phases: readonly Phase[];
}

const none: Periods = { months: [], quarters: [], years: [], phases: [] };

/**
 * Gives the periods of a campaign, the earliest first; none while it is not known. A campaign without an end goes on to
 * today, but nobody asks about what is after its last facts.
 */
export function periodsOf(campaign: CampaignDays | null | undefined): Periods {
  if (!campaign) return none;
  const { period, reportsUntil, supportSummary, phases = [] } = campaign;
  const last = reportsUntil ?? supportSummary?.latestOn ?? dayBefore(period.before);
  const months = monthsFrom(period.from, last);
  const distinct = (of: (month: string) => string) => [...new Set(months.map(of))];
  return { months, quarters: distinct(quarterOf), years: distinct((month) => month.slice(0, 4)), phases };
}

function monthsFrom(first: string, last: string): string[] {
  const months: string[] = [];
  const month = new Date(`${first.slice(0, 7)}-01`);
  while (month.toJSON().slice(0, 10) <= last) {
    months.push(month.toJSON().slice(0, 7));
    month.setUTCMonth(month.getUTCMonth() + 1);
  }
  return months;
}

const quarterOf = (month: string): string => `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5)) / 3)}`;

/** Gives the periods of the same length that lie before one, the latest first; none for another period. */
export const earlierThan = ({ months, quarters }: Periods, period: string): readonly string[] =>
  ([months, quarters].find((list) => list.includes(period)) ?? [])
    .filter((each) => each < period)
    .toReversed();

/** Gives all days of the months, as the graph is asked for them; null where there are none. */
export function daysOf({ months }: Periods): { readonly from: string; readonly before: string } | null {
  const [first] = months;
  const last = months.at(-1);
  if (!first || !last) return null;
  const before = new Date(`${last}-01`);
  before.setUTCMonth(before.getUTCMonth() + 1);
  return { from: `${first}-01`, before: before.toJSON().slice(0, 10) };
}
