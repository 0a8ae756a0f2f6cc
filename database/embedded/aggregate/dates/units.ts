import { fail } from '../../core/errors.ts';
import { civilOf, dayNumber, daysInMonth, isoDayOfWeek, localOf, MS } from './calendar.ts';
import { civilIn, dayIn, utcOf, type Zone } from './zone.ts';

export type Unit =
  | 'year'
  | 'quarter'
  | 'month'
  | 'week'
  | 'day'
  | 'hour'
  | 'minute'
  | 'second'
  | 'millisecond';

const MONTHS: Readonly<Record<string, number>> = { year: 12, quarter: 3, month: 1 };
const FIXED: Readonly<Record<string, number>> = {
  week: MS.week,
  day: MS.day,
  hour: MS.hour,
  minute: MS.minute,
  second: MS.second,
  millisecond: 1,
};
const LARGEST_DATE = 2 ** 63;
/** `dateAdd` refuses amounts that no BSON date can hold. */
const LARGEST_DAYS = Math.floor(2 ** 64 / MS.day) + 1;

/** The unit of that name, or undefined. */
export function unitOf(name: string): Unit | undefined {
  return name in MONTHS || name in FIXED ? (name as Unit) : undefined;
}

/** Milliseconds of one unit; a month counts 30 days and a year 365, as `$derivative` wants them. */
export function unitMs(unit: Unit): number {
  return FIXED[unit] ?? (unit === 'year' ? 365 : 30 * (MONTHS[unit] ?? 1)) * MS.day;
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** 1 (Monday) to 7 of a weekday's English name, its three letters, in any case; undefined when unknown. */
export function weekdayOf(name: string): number | undefined {
  const wanted = name.toLowerCase();
  const i = WEEKDAYS.findIndex((day) => day === wanted || day.slice(0, 3) === wanted);
  return i < 0 ? undefined : i + 1;
}

function addMonths(utc: number, months: number, zone: Zone): number {
  const from = civilIn(zone, utc);
  const total = from.year * 12 + from.month - 1 + months;
  const year = Math.floor(total / 12);
  const month = total - year * 12 + 1;
  const day = Math.min(from.day, daysInMonth(year, month));
  return utcOf(localOf(year, month, day, from.hour, from.minute, from.second, from.ms), zone);
}

/**
 * A date moved by an amount of units. Days and more keep the wall clock of the zone; months keep the day of
 * the month or take the last one.
 * @throws 5976500 for an amount out of range, 5166406 when the result is.
 */
export function addUnits(utc: number, unit: Unit, amount: number, zone: Zone): number {
  const size = FIXED[unit];
  const days = Math.abs(amount) * (size === undefined ? (MONTHS[unit] ?? 1) * 30.4 : size / MS.day);
  if (unit !== 'millisecond' && days >= LARGEST_DAYS) {
    fail(5976500, 'Location5976500', `invalid dateAdd 'amount' parameter value: ${amount} ${unit}`);
  }
  const result = moved(utc, unit, amount, zone);
  if (Math.abs(result) >= LARGEST_DATE) fail(5166406, 'Location5166406', 'dateAdd overflowed');
  return result;
}

function moved(utc: number, unit: Unit, amount: number, zone: Zone): number {
  const months = MONTHS[unit];
  if (months !== undefined) return addMonths(utc, amount * months, zone);
  const step = amount * (FIXED[unit] ?? 1);
  if (unit !== 'day' && unit !== 'week') return utc + step;
  return utcOf(utc + zone.offsetAt(utc) + step, zone);
}

/** How many days into the week that begins on `first` (1 = Monday) a day is. */
function intoWeek(day: number, first: number): number {
  return (isoDayOfWeek(day) - first + 7) % 7;
}

function monthsOf(local: number): number {
  const { year, month } = civilOf(local);
  return year * 12 + month - 1;
}

function weeksBetween(from: number, to: number, first: number): number {
  return Math.trunc((to - from + intoWeek(from, first) - intoWeek(to, first)) / 7);
}

/** How many boundaries of a unit lie between two instants, as `$dateDiff` counts them. */
export function unitsBetween(start: number, end: number, unit: Unit, zone: Zone, firstDay: number): number {
  if (unit === 'millisecond') return end - start;
  const from = start + zone.offsetAt(start);
  const to = end + zone.offsetAt(end);
  const months = MONTHS[unit];
  if (months !== undefined) {
    return Math.floor(monthsOf(to) / months) - Math.floor(monthsOf(from) / months);
  }
  if (unit === 'week') return weeksBetween(Math.floor(from / MS.day), Math.floor(to / MS.day), firstDay);
  const size = FIXED[unit] ?? 1;
  const crossed = Math.floor(to / size) - Math.floor(from / size);
  return unit === 'day' ? crossed : crossed + Math.trunc((from - start - (to - end)) / size);
}

/** The first of January 2000 in the zone; for weeks, the first such weekday from then on. */
function referenceOf(unit: Unit, zone: Zone, firstDay: number): number {
  const utc = localOf(2000, 1, 1);
  const instant = utc - zone.offsetAt(utc);
  if (unit !== 'week') return instant;
  return instant + ((7 - intoWeek(dayNumber(2000, 1, 1), firstDay)) % 7) * MS.day;
}

/**
 * The lower bound of the bin of `size` units that an instant lies in; bins are counted from 2000-01-01.
 * @throws 5439006 for a bin size beyond what calendar arithmetic carries.
 */
export function truncate(utc: number, unit: Unit, size: number, zone: Zone, firstDay: number): number {
  const reference = referenceOf(unit, zone, firstDay);
  const step = FIXED[unit];
  if (step !== undefined && unit !== 'day' && unit !== 'week') {
    const width = size * step;
    if (width >= LARGEST_DATE) fail(5439002, 'Location5439002', 'dateTrunc overflowed');
    return utc - floorMod(utc - reference, width);
  }
  if (size > 100_000_000_000) fail(5439006, 'Location5439006', 'dateTrunc unsupported binSize value');
  const distance =
    unit === 'day'
      ? dayIn(zone, utc) - dayIn(zone, reference)
      : unitsBetween(reference, utc, unit, zone, firstDay);
  return addUnits(reference, unit, distance - floorMod(distance, size), zone);
}

function floorMod(value: number, size: number): number {
  const rest = value % size;
  return rest < 0 ? rest + size : rest;
}
