import { dateOfDay, dayOfIsoWeek } from './calendar.ts';
import { MONTH_NAMES } from './format.ts';
import { type ParsedDate, parseFailure, readZone } from './parsed.ts';

const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const WEEKDAY = '(?:sun|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?)(?:day)?';

type Reader = (match: RegExpExecArray) => ParsedDate;

function monthOf(name: string | undefined): number {
  const wanted = (name ?? '').slice(0, 3).toLowerCase();
  return MONTH_NAMES.findIndex((month) => month.slice(0, 3).toLowerCase() === wanted) + 1;
}

/** Two-digit years are of 1970 to 2069. */
function fullYear(digits: string): number {
  const year = Number(digits);
  return digits.length > 2 ? year : year + (year < 70 ? 2000 : 1900);
}

const parts =
  (year: number, month: number, day: number): Reader =>
  (m) => ({ year: fullYear(m[year] ?? ''), month: Number(m[month]), day: Number(m[day]) });

const named =
  (year: number, month: number, day: number): Reader =>
  (m) => {
    const found: ParsedDate = { month: monthOf(m[month]) };
    if (m[year] !== undefined) found.year = fullYear(m[year]);
    found.day = m[day] === undefined ? 1 : Number(m[day]);
    return found;
  };

const pattern = (source: string): RegExp => new RegExp(`^${source}(?![\\d])`, 'i');

/** The spellings of a date, the more specific first, as PHP's strtotime (which MongoDB uses) documents them. */
const dates: readonly (readonly [RegExp, Reader])[] = [
  [
    pattern('(\\d{4})-?W(\\d\\d)(?:-?([1-7]))?'),
    (m) => dateOfDay(dayOfIsoWeek(Number(m[1]), Number(m[2]), Number(m[3] ?? 1))),
  ],
  [pattern('([+-]?\\d{4})-(\\d{1,2})-(\\d{1,2})'), parts(1, 2, 3)],
  [pattern('(\\d{4})/(\\d{1,2})/(\\d{1,2})'), parts(1, 2, 3)],
  [pattern('(\\d{4})(\\d\\d)(\\d\\d)'), parts(1, 2, 3)],
  [pattern('(\\d{4})[.-]?(\\d{3})'), (m) => ({ year: Number(m[1]), dayOfYear: Number(m[2]) })],
  [pattern('(\\d{4})-(\\d{1,2})'), (m) => ({ year: Number(m[1]), month: Number(m[2]), day: 1 })],
  [pattern('(\\d{1,2})/(\\d{1,2})/(\\d{4}|\\d\\d)'), parts(3, 1, 2)],
  [pattern('(\\d{1,2})[.\\t-](\\d{1,2})[.-](\\d{4})'), parts(3, 2, 1)],
  [pattern(`(\\d{1,2})(?:st|nd|rd|th)?[ \\t.-]*${MONTH}[ \\t.,-]*(\\d{4})`), named(3, 2, 1)],
  [pattern(`${MONTH}[ .\\t-]*(\\d{1,2})(?:st|nd|rd|th)?[,. \\t]+(\\d{4})`), named(3, 1, 2)],
  [pattern(`${MONTH}-(\\d{1,2})-(\\d{4}|\\d\\d)`), named(3, 1, 2)],
  [pattern(`(\\d{4})-${MONTH}-(\\d{1,2})`), named(1, 2, 3)],
  [pattern(`${MONTH}[ \\t.-]+(\\d{4})`), named(2, 1, 9)],
  [pattern(`(\\d{4})[ \\t.-]*${MONTH}`), named(1, 2, 9)],
  [pattern(`${MONTH}[ .\\t-]*(\\d{1,2})(?:st|nd|rd|th)?`), named(9, 1, 2)],
  [pattern(`(\\d{1,2})(?:st|nd|rd|th)?[ .\\t-]*${MONTH}`), named(9, 2, 1)],
];

function time(hour: string | undefined, minute = '0', second = '0', fraction = ''): ParsedDate {
  return {
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    ms: Math.floor(Number(`0.${fraction || '0'}`) * 1000 + 1e-6),
  };
}

function twelveHours(m: RegExpExecArray): ParsedDate {
  const afternoon = /^p/i.test(m[4] ?? '');
  return time(String((Number(m[1]) % 12) + (afternoon ? 12 : 0)), m[2], m[3]);
}

const times: readonly (readonly [RegExp, Reader])[] = [
  [/^(0?[1-9]|1[0-2])(?:[:.](\d\d))?(?:[:.](\d\d))?[ \t]*([ap])\.?m\.?(?![a-z])/i, twelveHours],
  [/^t?([01]?\d|2[0-4])[:.]([0-5]\d)[:.]([0-5]\d)(?:[.,:](\d+))?/i, (m) => time(m[1], m[2], m[3], m[4])],
  [/^t?([01]?\d|2[0-4])[:.]([0-5]\d)(?![\d:.])/i, (m) => time(m[1], m[2])],
  [/^t([01]\d|2[0-4])([0-5]\d)(?:([0-5]\d)(?:[.,](\d+))?)?(?!\d)/i, (m) => time(m[1], m[2], m[3], m[4])],
  [/^noon(?![a-z])/i, () => time('12')],
  [/^midnight(?![a-z])/i, () => time('0')],
];

function firstFit(
  table: readonly (readonly [RegExp, Reader])[],
  rest: string,
): readonly [ParsedDate, number] | undefined {
  for (const [shape, read] of table) {
    const match = shape.exec(rest);
    if (match !== null) return [read(match), match[0].length];
  }
  return undefined;
}

const epoch = (m: RegExpExecArray): ParsedDate => {
  const seconds = Number(m[1]);
  return { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0, ms: seconds * 1000, offset: 0 };
};

/**
 * The parts of a date written in one of the usual ways: ISO 8601, American, European, with month names, with
 * a time and a zone. What strtotime knows beyond that (relative times such as "tomorrow") is refused.
 * @throws 241 at the first character that does not fit.
 */
export function parseFree(text: string): ParsedDate {
  const stamp = /^\s*@(-?\d+)\s*$/.exec(text);
  if (stamp !== null) return epoch(stamp);
  const parsed: ParsedDate = {};
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const blank = /^[\s,]+/.exec(rest) ?? weekday(rest, at);
    if (blank !== null) {
      at += blank[0].length;
      continue;
    }
    const [found, length] = nextPart(text, at, rest, parsed);
    Object.assign(parsed, found);
    at += length;
  }
  return parsed;
}

const weekdayShape = new RegExp(`^${WEEKDAY}(?![a-z])\\.?`, 'i');

function weekday(rest: string, at: number): RegExpExecArray | null {
  return at === 0 ? weekdayShape.exec(rest) : null;
}

function nextPart(text: string, at: number, rest: string, so: ParsedDate): readonly [ParsedDate, number] {
  const hasDate = so.month !== undefined || so.dayOfYear !== undefined;
  const date = hasDate ? undefined : firstFit(dates, rest);
  if (date !== undefined) return date;
  const clock = so.hour === undefined ? firstFit(times, rest) : undefined;
  if (clock !== undefined) return clock;
  if (so.offset !== undefined) parseFailure(text, at, 'Double timezone specification');
  const zone = /^[+-]/.test(rest) && so.hour === undefined ? undefined : readZone(rest);
  if (zone !== undefined) {
    const { length, ...named } = zone;
    return [named, length];
  }
  if (/^[A-Z][a-z]+\//.test(rest)) {
    parseFailure(text, at, 'passing a time zone identifier as part of the string is not allowed');
  }
  return parseFailure(text, at, 'Unexpected character');
}
