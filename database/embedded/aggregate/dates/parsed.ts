import { fail } from '../../core/errors.ts';
import { dateOfDay, dayNumber, dayOfIsoWeek, daysInMonth, localOf, MS } from './calendar.ts';
import { utcOf, type Zone } from './zone.ts';

/** The parts that a date string gave; what it did not give is missing. */
export interface ParsedDate {
  year?: number;
  month?: number;
  day?: number;
  dayOfYear?: number;
  isoYear?: number;
  isoWeek?: number;
  isoDay?: number;
  hour?: number;
  minute?: number;
  second?: number;
  ms?: number;
  /** Milliseconds from UTC, and how the string named them. */
  offset?: number;
  abbreviation?: string;
}

/** @throws 241 naming the string, the place and what was wrong there. */
export function parseFailure(text: string, position: number, reason: string): never {
  const char = text[position] ?? '\0';
  fail(
    241,
    'ConversionFailure',
    `Error parsing date string '${text}'; ${position}: ${reason} '${char === '\0' ? '' : char}'`,
  );
}

const ABBREVIATIONS: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  Z: 0,
  WET: 0,
  BST: 1,
  WEST: 1,
  CET: 1,
  MET: 1,
  CEST: 2,
  EET: 2,
  EEST: 3,
  MSK: 3,
  IST: 5.5,
  JST: 9,
  KST: 9,
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
  AKST: -9,
  AKDT: -8,
  HST: -10,
  AEST: 10,
  AEDT: 11,
  ACST: 9.5,
  AWST: 8,
};

/** A military zone letter: A to M east of Greenwich without J, N to Y west of it. */
function militaryHours(letter: string): number | undefined {
  const east = 'ABCDEFGHIKLM'.indexOf(letter);
  if (east >= 0) return east + 1;
  const west = 'NOPQRSTUVWXY'.indexOf(letter);
  return west >= 0 ? -(west + 1) : undefined;
}

/** Reads `Z`, an abbreviation, `GMT+02:00` or `+0200` at the start; gives the offset and what it took. */
export function readZone(
  text: string,
): { offset: number; abbreviation?: string; length: number } | undefined {
  const numeric = /^(?:(?:GMT|UTC) ?)?([+-])(\d{1,2}):?(\d\d)?(?!\d)/i.exec(text);
  if (numeric !== null) {
    const minutes = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0);
    return { offset: (numeric[1] === '-' ? -minutes : minutes) * MS.minute, length: numeric[0].length };
  }
  const word = /^[A-Za-z]+(?![A-Za-z/_])/.exec(text)?.[0];
  if (word === undefined) return undefined;
  const name = word.toUpperCase();
  const hours = ABBREVIATIONS[name] ?? (name.length === 1 ? militaryHours(name) : undefined);
  return hours === undefined
    ? undefined
    : { offset: hours * MS.hour, abbreviation: name, length: word.length };
}

/** Fills year, month and day from an ISO week date or a day of the year. */
function calendarDate(text: string, parsed: ParsedDate): ParsedDate {
  const iso = parsed.isoYear ?? parsed.isoWeek ?? parsed.isoDay;
  if (iso !== undefined) {
    if (parsed.year !== undefined || parsed.month !== undefined || parsed.day !== undefined) {
      parseFailure(text, text.length, 'Mixing of ISO dates with natural dates is not allowed');
    }
    if (parsed.isoYear === undefined) parseFailure(text, text.length, 'The parsed date was invalid');
    return {
      ...parsed,
      ...dateOfDay(dayOfIsoWeek(parsed.isoYear, parsed.isoWeek ?? 1, parsed.isoDay ?? 1)),
    };
  }
  if (parsed.dayOfYear === undefined || parsed.year === undefined) return parsed;
  return { ...parsed, ...dateOfDay(dayNumber(parsed.year, 1, parsed.dayOfYear)) };
}

function checkZone(parsed: ParsedDate, zone: Zone): void {
  if (zone.isUtc || parsed.offset === undefined) return;
  const reason =
    parsed.abbreviation === undefined
      ? 'you cannot pass in a date/time string with GMT offset together with a timezone argument'
      : `you cannot pass in a date/time string with time zone information ('${parsed.abbreviation}') together with a timezone argument`;
  fail(241, 'ConversionFailure', reason);
}

/**
 * The instant of what was parsed, in the zone unless the string named its own.
 * @throws 241 when parts are missing, out of range, or both name a zone.
 */
export function instantOf(text: string, parsed: ParsedDate, zone: Zone): number {
  const full = calendarDate(text, parsed);
  const { year, month, day } = full;
  const timeless = full.hour === undefined && full.minute === undefined && full.second === undefined;
  const [hour, minute, second] = timeless ? [0, 0, 0] : [full.hour, full.minute, full.second];
  if (month !== undefined && day !== undefined && (month < 1 || month > 12 || day < 1 || day > 31)) {
    parseFailure(text, text.length, 'The parsed date was invalid');
  }
  if (
    year === undefined ||
    month === undefined ||
    day === undefined ||
    hour === undefined ||
    minute === undefined ||
    second === undefined
  ) {
    fail(
      241,
      'ConversionFailure',
      `an incomplete date/time string has been found, with elements missing: "${text}"`,
    );
  }
  if (day > daysInMonth(year, month)) parseFailure(text, text.length, 'The parsed date was invalid');
  if (hour > 24 || minute > 59 || second > 59) {
    parseFailure(text, text.length, 'The parsed time was invalid');
  }
  checkZone(full, zone);
  const local = localOf(year, month, day, hour, minute, second, full.ms ?? 0);
  return full.offset === undefined ? utcOf(local, zone) : local - full.offset;
}
