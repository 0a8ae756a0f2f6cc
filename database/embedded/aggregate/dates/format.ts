import { fail } from '../../core/errors.ts';
import {
  type Civil,
  civilOf,
  dayOfWeek,
  dayOfYear,
  isoDayOfWeek,
  isoWeekOf,
  MS,
  weekOfYear,
} from './calendar.ts';
import type { Zone } from './zone.ts';

export const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const pad = (n: number, width: number): string => String(n).padStart(width, '0');

interface Moment {
  readonly civil: Civil;
  /** The day number from 1970-01-01 on. */
  readonly days: number;
  readonly offset: number;
}

/** What each letter after `%` prints; `%%` prints a percent sign. */
const letters: Readonly<Record<string, (at: Moment) => string>> = {
  '%': () => '%',
  b: (at) => (MONTH_NAMES[at.civil.month - 1] ?? '').slice(0, 3),
  B: (at) => MONTH_NAMES[at.civil.month - 1] ?? '',
  d: (at) => pad(at.civil.day, 2),
  G: (at) => pad(isoWeekOf(at.days).year, 4),
  H: (at) => pad(at.civil.hour, 2),
  j: (at) => pad(dayOfYear(at.days), 3),
  L: (at) => pad(at.civil.ms, 3),
  m: (at) => pad(at.civil.month, 2),
  M: (at) => pad(at.civil.minute, 2),
  S: (at) => pad(at.civil.second, 2),
  u: (at) => String(isoDayOfWeek(at.days)),
  U: (at) => pad(weekOfYear(at.days), 2),
  V: (at) => pad(isoWeekOf(at.days).week, 2),
  w: (at) => String(dayOfWeek(at.days)),
  Y: (at) => pad(at.civil.year, 4),
  z: (at) => {
    const minutes = Math.trunc(Math.abs(at.offset) / MS.minute);
    return `${at.offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60), 2)}${pad(minutes % 60, 2)}`;
  },
  Z: (at) => String(Math.trunc(at.offset / MS.minute)),
};

/** @throws 18535 for a lone `%` at the end, 18536 for a letter not in `allowed`. */
export function checkFormat(format: string, allowed: (letter: string) => boolean): void {
  for (let i = format.indexOf('%'); i >= 0; i = format.indexOf('%', i + 2)) {
    const letter = format[i + 1];
    if (letter === undefined) fail(18535, 'Location18535', "Unmatched '%' at end of format string");
    if (letter !== '%' && !allowed(letter)) {
      fail(18536, 'Location18536', `Invalid format character '%${letter}' in format string`);
    }
  }
}

export function checkPrintFormat(format: string): void {
  checkFormat(format, (letter) => letter in letters);
}

/**
 * A date printed by a `$dateToString` format, already checked.
 * @throws 18537 for a year beyond 0 to 9999.
 */
export function printDate(utc: number, format: string, zone: Zone): string {
  const offset = zone.offsetAt(utc);
  const local = utc + offset;
  const civil = civilOf(local);
  if (civil.year < 0 || civil.year > 9999) {
    fail(
      18537,
      'Location18537',
      `$dateToString is only defined on year 0-9999, tried to use year ${civil.year}`,
    );
  }
  const at: Moment = { civil, days: Math.floor(local / MS.day), offset };
  let out = '';
  for (const piece of piecesOf(format)) out += typeof piece === 'string' ? piece : piece(at);
  return out;
}

type Piece = string | ((at: Moment) => string);

const formats = new Map<string, readonly Piece[]>();

/** A format taken apart, once. */
function piecesOf(format: string): readonly Piece[] {
  let pieces = formats.get(format);
  if (pieces === undefined) {
    const found = format.match(/%[\s\S]|[^%]+/g) ?? [];
    pieces = found.map((piece) => (piece.startsWith('%') ? (letters[piece.slice(1)] ?? '') : piece));
    if (formats.size > 100) formats.clear();
    formats.set(format, pieces);
  }
  return pieces;
}

export const ISO_UTC = '%Y-%m-%dT%H:%M:%S.%LZ';
export const ISO_LOCAL = '%Y-%m-%dT%H:%M:%S.%L';
