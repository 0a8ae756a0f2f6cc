import { addDays, type DateSpan, spanOfPeriod } from '../../schema/scalars/period.ts';

/** Gives the month of a day, such as 2021-08. */
export const monthOf = (day: string): string => day.slice(0, 7);

/** Gives the ISO week of a day, such as 2021-W33; the year is that of the week's Thursday. */
export function weekOf(day: string): string {
  const weekday = (new Date(Date.parse(day)).getUTCDay() + 6) % 7;
  const thursday = addDays(day, 3 - weekday);
  const year = thursday.slice(0, 4);
  const week = Math.floor((Date.parse(thursday) - Date.parse(`${year}-01-01`)) / 604_800_000) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** Gives the codes of the months or weeks that a span touches, in order. */
export function periodsIn(codeOf: (day: string) => string, span: DateSpan): string[] {
  const codes: string[] = [];
  let day = span.from;
  while (day < span.before) {
    const code = codeOf(day);
    codes.push(code);
    day = spanOfPeriod(code)?.before ?? span.before;
  }
  return codes;
}
