import { type Language, useLanguage } from './language.ts';

const locales: Readonly<Record<Language, string>> = { vi: 'vi-VN', en: 'en-GB' };
type Written = Pick<Intl.DateTimeFormatOptions, 'day' | 'month' | 'year'>;
/** Vietnamese documents write days in numbers (15/08/2021); "15 thg 8, 2021" is nowhere but in software. */
const dates: Readonly<Record<Language, Written>> = {
  vi: { day: '2-digit', month: '2-digit', year: 'numeric' },
  en: { day: 'numeric', month: 'short', year: 'numeric' },
};

/** How numbers and days are written. */
export interface Format {
  readonly number: (value: number) => string;
  /** An amount of đồng, whole. */
  readonly money: (value: number) => string;
  /** A large number in few characters, such as 5.8 billion. */
  readonly compact: (value: number) => string;
  /** An amount of đồng in millions, without the word. */
  readonly millions: (value: number) => string;
  /** A share from 0 to 1 as per cent. */
  readonly percent: (value: number) => string;
  /** How much more or less, 0.1 for a tenth more, as per cent with its sign. */
  readonly change: (value: number) => string;
  /** A day of the calendar, YYYY-MM-DD. */
  readonly day: (date: string) => string;
  /** A month, YYYY-MM. */
  readonly month: (month: string) => string;
  /** An instant, in the time of the person's device. */
  readonly instant: (at: string) => string;
  /** Which of two texts comes first. */
  readonly compare: (a: string, b: string) => number;
}

function formatOf(language: Language): Format {
  const locale = locales[language];
  const number = new Intl.NumberFormat(locale);
  const money = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'VND',
    maximumFractionDigits: 0,
  });
  const compact = new Intl.NumberFormat(locale, {
    notation: 'compact',
    compactDisplay: 'long',
    maximumFractionDigits: 1,
  });
  // Whole millions, and of less than ten as much as tells them from 0.
  const millions = new Intl.NumberFormat(locale, {
    maximumFractionDigits: 0,
    maximumSignificantDigits: 2,
    roundingPriority: 'morePrecision',
  });
  const change = new Intl.NumberFormat(locale, {
    style: 'percent',
    maximumFractionDigits: 0,
    signDisplay: 'exceptZero',
  });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  // Names of units are Vietnamese in either language.
  const { compare } = new Intl.Collator('vi', { numeric: true });
  return {
    number: (value) => number.format(value),
    money: (value) => money.format(value),
    compact: (value) => compact.format(value),
    millions: (value) => millions.format(value / 1_000_000),
    change: (value) => change.format(value),
    percent: (value) => percent.format(value),
    compare,
    ...datesOf(language),
  };
}

function datesOf(language: Language): Pick<Format, 'day' | 'month' | 'instant'> {
  const locale = locales[language];
  const { day: _day, ...ofMonth } = dates[language];
  // A date of the graph is a day, not an instant: written in UTC it is the same day everywhere.
  const day = new Intl.DateTimeFormat(locale, { ...dates[language], timeZone: 'UTC' });
  const month = new Intl.DateTimeFormat(locale, { ...ofMonth, timeZone: 'UTC' });
  const clock = { hour: '2-digit', minute: '2-digit' } as const;
  const instant = new Intl.DateTimeFormat(locale, { ...dates[language], ...clock });
  return {
    day: (date) => day.format(new Date(`${date}T00:00:00Z`)),
    // Months too: 10/2021.
    month: (text) =>
      language === 'vi'
        ? text.split('-').toReversed().join('/')
        : month.format(new Date(`${text}-01T00:00:00Z`)),
    instant: (at) => instant.format(new Date(at)),
  };
}

const formats: Readonly<Record<Language, Format>> = { vi: formatOf('vi'), en: formatOf('en') };

/** Gives how numbers and days are written in the language of the page. */
export const useFormat = (): Format => formats[useLanguage()];
