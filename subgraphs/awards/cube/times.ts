import { addDays, type DateSpan } from '../../../schema/scalars/period.ts';
import { monthOf } from '../../records/calendar.ts';
import type { Filter } from '../../records/keyset.ts';
import { partsOf } from '../../records/wholeMonths.ts';
import type { Span } from './summary.ts';

/** Which cells hold a span of days. */
export interface Times {
  /** Each the time of some cells: what is asked of their place goes into each, so that each is one range of the index. */
  readonly filters: readonly Filter[];
  /** Whether a part of a cell (a month of a year, a day of a month) lies in the span. */
  readonly takes: (cell: { readonly span: Span }, part: string) => boolean;
  /** How many cells at most one place has of them. */
  readonly most: number;
}

const allTime: Times = { filters: [{ span: 'ALL' satisfies Span }], takes: () => true, most: 1 };

const yearOf = (day: string): number => Number(day.slice(0, 4));

/** Gives the cells of a span: those of its years for its whole months, those of the months at its ends for the other days. */
export function timesOf(span: DateSpan | null): Times {
  if (span === null) return allTime;
  const { from, before } = span;
  const { months, days } = partsOf(span);
  const lastYear = addDays(before, -1).slice(0, 4);
  const ends = [...new Set(days.flatMap((part) => [monthOf(part.from), monthOf(addDays(part.before, -1))]))];
  return {
    filters: [
      ...(months
        ? [{ span: 'YEAR' satisfies Span, time: { $gte: months.from.slice(0, 4), $lte: lastYear } }]
        : []),
      ...(ends.length > 0 ? [{ span: 'MONTH' satisfies Span, time: { $in: ends } }] : []),
    ],
    takes: (cell, part) =>
      cell.span === 'YEAR'
        ? months !== null && part >= months.from && part < months.before
        : part >= from && part < before,
    most: (months ? yearOf(lastYear) - yearOf(months.from) + 1 : 0) + ends.length,
  };
}
