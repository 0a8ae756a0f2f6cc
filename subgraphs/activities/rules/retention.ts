/**
 * How long rows of households stay personal (DOMAIN §5.9): so many months after the last day of a campaign that was closed.
 * The laws that it follows are dated in docs/personal-data.md.
 */

/** The states of a campaign whose last day is behind it; its `endsOn` is that day. */
export const closedStatuses = ['CLOSED', 'SUMMARISED', 'ARCHIVED'] as const;

/**
 * Gives the last day (YYYY-MM-DD) on which a campaign may have been closed, for its rows to be due on `today`: the same day
 * of the month, or the last where the month has none such.
 */
export function closedBy(today: string, months: number): string {
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 - months, Math.min(day, last))).toISOString().slice(0, 10);
}
