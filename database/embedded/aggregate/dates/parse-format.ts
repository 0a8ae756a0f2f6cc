import { MS } from './calendar.ts';
import { checkFormat, MONTH_NAMES } from './format.ts';
import { type ParsedDate, parseFailure, readZone } from './parsed.ts';

type Reader = (rest: string, into: ParsedDate) => number;
type NumericPart =
  | 'year'
  | 'month'
  | 'day'
  | 'dayOfYear'
  | 'isoYear'
  | 'isoWeek'
  | 'isoDay'
  | 'hour'
  | 'minute'
  | 'second';

/** Reads up to `most` digits and no fewer than `least` into a part; gives the length read, 0 when absent. */
const digits =
  (part: NumericPart, least: number, most: number): Reader =>
  (rest, into) => {
    const match = new RegExp(`^\\s*(\\d{${least},${most}})`).exec(rest);
    if (match === null) return 0;
    into[part] = Number(match[1]);
    return match[0].length;
  };

const milliseconds: Reader = (rest, into) => {
  const match = /^\d{1,3}/.exec(rest);
  if (match === null) return 0;
  into.ms = Number(match[0].padEnd(3, '0'));
  return match[0].length;
};

const monthName: Reader = (rest, into) => {
  const word = /^[a-z]+/i.exec(rest)?.[0] ?? '';
  const wanted = word.toLowerCase();
  const i = MONTH_NAMES.findIndex((name) => {
    const full = name.toLowerCase();
    return full === wanted || full.slice(0, 3) === wanted;
  });
  if (i < 0) return 0;
  into.month = i + 1;
  return word.length;
};

const zone: Reader = (rest, into) => {
  const blank = rest.length - rest.trimStart().length;
  const read = readZone(rest.slice(blank));
  if (read === undefined) return 0;
  into.offset = read.offset;
  if (read.abbreviation !== undefined) into.abbreviation = read.abbreviation;
  return blank + read.length;
};

const zoneMinutes: Reader = (rest, into) => {
  const match = /^[+-]?\d{1,3}/.exec(rest);
  if (match === null) return 0;
  into.offset = Number(match[0]) * MS.minute;
  return match[0].length;
};

const readers: Readonly<Record<string, readonly [Reader, string]>> = {
  b: [monthName, 'A textual month could not be found'],
  B: [monthName, 'A textual month could not be found'],
  d: [digits('day', 1, 2), 'A two digit day could not be found'],
  G: [digits('isoYear', 1, 4), 'A four digit year could not be found'],
  H: [digits('hour', 1, 2), 'A two digit hour could not be found'],
  j: [digits('dayOfYear', 1, 3), 'A three digit day-of-year could not be found'],
  L: [milliseconds, 'A three digit millisecond could not be found'],
  m: [digits('month', 1, 2), 'A two digit month could not be found'],
  M: [digits('minute', 2, 2), 'A two digit minute could not be found'],
  S: [digits('second', 2, 2), 'A two digit second could not be found'],
  u: [digits('isoDay', 1, 1), 'A valid day of week could not be found'],
  V: [digits('isoWeek', 1, 2), 'A two digit week could not be found'],
  Y: [digits('year', 4, 4), 'A four digit year could not be found'],
  z: [zone, 'The timezone could not be found in the database'],
  Z: [zoneMinutes, 'Invalid timezone offset in minutes'],
};

/** @throws 18535 and 18536 for a format that `$dateFromString` does not know. */
export function checkReadFormat(format: string): void {
  checkFormat(format, (letter) => letter in readers);
}

/**
 * The parts of a string written in a `$dateFromString` format, already checked.
 * @throws 241 when the string does not fit.
 */
export function parseWithFormat(text: string, format: string): ParsedDate {
  const parsed: ParsedDate = {};
  let at = 0;
  for (let i = 0; i < format.length; i++) {
    const char = format[i] as string;
    if (at >= text.length) parseFailure(text, at, 'Data missing');
    const letter = char === '%' ? (format[++i] as string) : '';
    const reader = readers[letter];
    if (reader === undefined) {
      if (text[at] !== (letter || char)) parseFailure(text, at, 'Format literal not found');
      at++;
      continue;
    }
    const length = reader[0](text.slice(at), parsed);
    if (length === 0) parseFailure(text, at, reader[1]);
    at += length;
  }
  if (at < text.length) parseFailure(text, at, 'Trailing data');
  return parsed;
}
