/** A span of days, half-open: `from` is in it, `before` is not. Dates are YYYY-MM-DD of Asia/Ho_Chi_Minh. */
export interface DateSpan {
  readonly from: string;
  readonly before: string;
}

const pattern = /^(\d{4})(?:-(?:H([12])|Q([1-4])|W(\d{2})|(\d{2})))?$/u;

const day = (date: Date): string => date.toISOString().slice(0, 10);
const utc = (year: number, month: number, date = 1): Date => new Date(Date.UTC(year, month - 1, date));

/** Adds days to a date. */
export const addDays = (date: string, days: number): string =>
  day(new Date(Date.parse(date) + days * 86_400_000));

/** Adds months to the first day of a month. */
const addMonths = (first: string, months: number): string => {
  const [year = 0, month = 1] = first.split('-').map(Number);
  return day(utc(year, month + months));
};

/** The first day of ISO week 1 is the Monday of the week with 4 January. */
function isoWeekStart(year: number, week: number): string {
  const fourth = utc(year, 1, 4);
  return addDays(day(fourth), -((fourth.getUTCDay() + 6) % 7) + (week - 1) * 7);
}

const weeksIn = (year: number): number =>
  (Date.parse(isoWeekStart(year + 1, 1)) - Date.parse(isoWeekStart(year, 1))) / 604_800_000;

/**
 * Gives the span of a period code: 2021, 2021-H2, 2021-Q3, 2021-08, 2021-W33 (ISO week); null when it is none.
 * A phase (`CODE:P2`) is a campaign's own and is looked up there.
 */
export function spanOfPeriod(code: string): DateSpan | null {
  const [, yearText, half, quarter, week, month] = pattern.exec(code) ?? [];
  if (!yearText) return null;
  const year = Number(yearText);
  if (week) {
    const number = Number(week);
    if (number < 1 || number > weeksIn(year)) return null;
    return { from: isoWeekStart(year, number), before: isoWeekStart(year, number + 1) };
  }
  if (month && (Number(month) < 1 || Number(month) > 12)) return null;
  const [start, length] = half
    ? [Number(half) * 6 - 5, 6]
    : quarter
      ? [Number(quarter) * 3 - 2, 3]
      : month
        ? [Number(month), 1]
        : [1, 12];
  const from = day(utc(year, start));
  return { from, before: addMonths(from, length) };
}

/** One code of each sort of period, to show somebody whose code is none. */
export const periodExamples: readonly string[] = [
  '2021',
  '2021-H2',
  '2021-Q3',
  '2021-08',
  '2021-W33',
  'BCA-2021-COVID-TDDB:P2',
];

/** Whether the text is a phase of a campaign, `CODE:P2`. */
export const isPhaseCode = (code: string): boolean => /^[A-Z0-9][A-Z0-9-]{1,63}:P\d{1,2}$/u.test(code);

/** Gives a period's label in both languages: "Tháng 8/2021", "August 2021" … */
export function labelOfPeriod(code: string): { vi: string; en: string } {
  const [, year, half, quarter, week, month] = pattern.exec(code) ?? [];
  if (!year) return { vi: code, en: code };
  if (half)
    return {
      vi: `6 tháng ${half === '1' ? 'đầu' : 'cuối'} năm ${year}`,
      en: `${half === '1' ? 'First' : 'Second'} half of ${year}`,
    };
  if (quarter)
    return {
      vi: `Quý ${'I II III IV'.split(' ')[Number(quarter) - 1]}/${year}`,
      en: `Quarter ${quarter} of ${year}`,
    };
  if (week) return { vi: `Tuần ${Number(week)}/${year}`, en: `Week ${Number(week)} of ${year}` };
  if (month) return { vi: `Tháng ${Number(month)}/${year}`, en: `${monthNames[Number(month) - 1]} ${year}` };
  return { vi: `Năm ${year}`, en: year };
}

const monthNames =
  'January February March April May June July August September October November December'.split(' ');

export type RelativePeriod =
  | 'TODAY'
  | 'LAST_7_DAYS'
  | 'LAST_30_DAYS'
  | 'THIS_WEEK'
  | 'LAST_WEEK'
  | 'THIS_MONTH'
  | 'LAST_MONTH'
  | 'LAST_3_MONTHS'
  | 'LAST_12_MONTHS'
  | 'THIS_QUARTER'
  | 'LAST_QUARTER'
  | 'THIS_YEAR'
  | 'LAST_YEAR'
  | 'WHOLE_CAMPAIGN';

/**
 * Gives the span of a relative period seen from a day (DHIS2's relative periods): LAST_n periods end before the
 * current day or month, THIS_x holds it. WHOLE_CAMPAIGN is the campaign's own and gives null.
 */
export function spanOfRelative(relative: RelativePeriod, on: string): DateSpan | null {
  const [year = 0, month = 1] = on.split('-').map(Number);
  const first = day(utc(year, month));
  const monday = addDays(on, -((new Date(Date.parse(on)).getUTCDay() + 6) % 7));
  const quarter = day(utc(year, month - ((month - 1) % 3)));
  const months = (from: string, length: number): DateSpan => ({ from, before: addMonths(from, length) });
  const spans: Record<Exclude<RelativePeriod, 'WHOLE_CAMPAIGN'>, DateSpan> = {
    TODAY: { from: on, before: addDays(on, 1) },
    LAST_7_DAYS: { from: addDays(on, -7), before: on },
    LAST_30_DAYS: { from: addDays(on, -30), before: on },
    THIS_WEEK: { from: monday, before: addDays(monday, 7) },
    LAST_WEEK: { from: addDays(monday, -7), before: monday },
    THIS_MONTH: months(first, 1),
    LAST_MONTH: months(addMonths(first, -1), 1),
    LAST_3_MONTHS: months(addMonths(first, -3), 3),
    LAST_12_MONTHS: months(addMonths(first, -12), 12),
    THIS_QUARTER: months(quarter, 3),
    LAST_QUARTER: months(addMonths(quarter, -3), 3),
    THIS_YEAR: months(day(utc(year, 1)), 12),
    LAST_YEAR: months(day(utc(year - 1, 1)), 12),
  };
  return relative === 'WHOLE_CAMPAIGN' ? null : spans[relative];
}
