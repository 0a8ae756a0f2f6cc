import { addDays, type DateSpan } from '../../../schema/scalars/period.ts';
import type { Filter } from '../../records/keyset.ts';
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

const monthOf = (day: string): string => day.slice(0, 7);
const yearOf = (day: string): number => Number(day.slice(0, 4));

/** Gives the cells of a span: those of its years for its whole months, those of the months at its ends for the other days. */
export function timesOf(span: DateSpan | null): Times {
  if (span === null) return allTime;
  const { from, before } = span;
  const last = addDays(before, -1);
  const firstWhole = from.endsWith('-01') ? monthOf(from) : monthOf(addDays(`${monthOf(from)}-01`, 31));
  const end = monthOf(before);
  const whole = firstWhole < end;
  const ends = [...new Set([monthOf(from), monthOf(last)])].filter(
    (month) => month < firstWhole || month >= end,
  );
  return {
    filters: [
      ...(whole
        ? [{ span: 'YEAR' satisfies Span, time: { $gte: firstWhole.slice(0, 4), $lte: last.slice(0, 4) } }]
        : []),
      ...(ends.length > 0 ? [{ span: 'MONTH' satisfies Span, time: { $in: ends } }] : []),
    ],
    takes: (cell, part) =>
      cell.span === 'YEAR' ? part >= firstWhole && part < end : part >= from && part < before,
    most: (whole ? yearOf(last) - yearOf(firstWhole) + 1 : 0) + ends.length,
  };
}
