import { addDays, type DateSpan, spanOfPeriod } from '../../schema/scalars/period.ts';
import { monthOf } from './calendar.ts';

/** A span as whole months and the days before and after them; each may be missing. */
export interface Parts {
  /** The first month and the one after the last. */
  readonly months: { readonly from: string; readonly before: string } | null;
  readonly days: readonly DateSpan[];
}

/** Takes a span apart into whole months, which cells of months hold, and the days at its ends. */
export function partsOf(span: DateSpan): Parts {
  const first = startOfMonth(span.from) === span.from ? span.from : nextMonth(span.from);
  const end = startOfMonth(span.before);
  if (first >= end) return { months: null, days: [span] };
  const days = [
    { from: span.from, before: first },
    { from: end, before: span.before },
  ].filter(({ from, before }) => from < before);
  return { months: { from: monthOf(first), before: monthOf(end) }, days };
}

const startOfMonth = (day: string): string => `${monthOf(day)}-01`;

function nextMonth(day: string): string {
  const month = spanOfPeriod(monthOf(day));
  return month?.before ?? addDays(day, 31);
}

/** The shortest span of whole months that a span lies in. */
export const wholeMonthsAround = ({ from, before }: DateSpan): DateSpan => ({
  from: startOfMonth(from),
  before: startOfMonth(before) === before ? before : nextMonth(before),
});
