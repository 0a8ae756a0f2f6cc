import { Document } from '../../core/document.ts';
import { fail } from '../../core/errors.ts';
import { DateTime, int32, type Value } from '../../core/values.ts';
import { dayOfIsoWeek, isoDayOfWeek, isoWeekOf, localOf, MS } from '../dates/calendar.ts';
import { civilIn, dayIn, utcOf, type Zone } from '../dates/zone.ts';
import { compileNamed, nameOfType, refuse } from './arguments.ts';
import { instantOrFail, zoneFrom } from './date.ts';
import { dateMessages } from './date-text.ts';
import { type Expression, isNullish, type Operator, type OperatorTable } from './expression.ts';
import { asLong } from './integers.ts';

const CLOCK = ['hour', 'minute', 'second', 'millisecond'] as const;
const NATURAL = ['year', 'month', 'day'] as const;
const ISO = ['isoWeekYear', 'isoWeek', 'isoDayOfWeek'] as const;
/** Parts that MongoDB bounds to 16 bits; seconds and milliseconds may be any integer. */
const UNBOUNDED = new Set<string>(['second', 'millisecond', 'year', 'isoWeekYear']);

/** A part as an integer: its default without an operand, null for null. */
function partOf(
  part: Expression | undefined,
  name: string,
  otherwise: number,
  root: Document,
): number | null {
  if (part === undefined) return otherwise;
  const value = part.evaluate(root);
  if (isNullish(value)) return null;
  const whole = asLong(value);
  if (whole === undefined) {
    refuse(
      40515,
      `'${name}' must evaluate to an integer, found ${nameOfType(value)} with value ${String(value)}`,
    );
  }
  if (!UNBOUNDED.has(name) && (whole < -32768n || whole > 32767n)) {
    refuse(
      31034,
      `'${name}' must evaluate to a value in the range [-32768, 32767]; value ${whole} is not in range`,
    );
  }
  return Number(whole);
}

/** MongoDB counts in microseconds of 64 bits. */
function checkSpan(seconds: number, milliseconds: number): void {
  const most = 2 ** 63;
  if (Math.abs(seconds) * 1e6 >= most || Math.abs(milliseconds) * 1e3 >= most) {
    fail(
      159,
      'DurationOverflow',
      'Overflow casting from a lower-precision duration to a higher-precision duration',
    );
  }
}

function checkYear(name: string, code: number, year: number): void {
  if (year < 1 || year > 9999) {
    refuse(code, `'${name}' must evaluate to an integer in the range 1 to 9999, found ${year}`);
  }
}

type Named = Readonly<Record<string, Expression | undefined>>;

function checkMix(named: Named, name: string): void {
  if (named.year === undefined && named.isoWeekYear === undefined) {
    refuse(40516, `${name} requires either 'year' or 'isoWeekYear' to be present`);
  }
  if (named.isoWeekYear !== undefined && NATURAL.some((part) => named[part] !== undefined)) {
    refuse(40489, `${name} does not allow mixing natural dates with ISO dates`);
  }
  if (named.year !== undefined && (named.isoWeek !== undefined || named.isoDayOfWeek !== undefined)) {
    refuse(40525, `${name} does not allow mixing ISO dates with natural dates`);
  }
}

/** The values of some parts, or null when one of them is null. */
function partsOf(
  named: Named,
  names: readonly string[],
  otherwise: readonly number[],
  root: Document,
): number[] | null {
  const values: number[] = [];
  for (const [i, name] of names.entries()) {
    const value = partOf(named[name], name, otherwise[i] ?? 0, root);
    if (value === null) return null;
    values.push(value);
  }
  return values;
}

const dateFromParts: Operator = (spec, compiler, name) => {
  const { named, args } = compileNamed(spec, compiler, name, {
    required: [],
    optional: [...NATURAL, ...ISO, ...CLOCK, 'timezone'],
    codes: [40519, 40518, 40516],
    messages: dateMessages,
  });
  checkMix(named, name);
  return {
    args,
    evaluate: (root) => {
      const clock = partsOf(named, CLOCK, [0, 0, 0, 0], root);
      const zone = clock && zoneFrom(named.timezone, root);
      if (clock === null || zone === null) return null;
      const iso = named.isoWeekYear !== undefined;
      const date = partsOf(named, iso ? ISO : NATURAL, [1970, 1, 1], root);
      if (date === null) return null;
      const [year = 1, second = 1, third = 1] = date;
      if (iso) checkYear('isoWeekYear', 31095, year);
      else checkYear('year', 40523, year);
      const midnight = iso ? dayOfIsoWeek(year, second, third) * MS.day : localOf(year, second, third);
      const [h = 0, m = 0, s = 0, ms = 0] = clock;
      checkSpan(s, ms);
      return new DateTime(utcOf(midnight + h * MS.hour + m * MS.minute + s * MS.second + ms, zone));
    },
  };
};

function naturalParts(utc: number, zone: Zone): [string, Value][] {
  const at = civilIn(zone, utc);
  return [
    ['year', int32(at.year)],
    ['month', int32(at.month)],
    ['day', int32(at.day)],
  ];
}

function isoParts(utc: number, zone: Zone): [string, Value][] {
  const day = dayIn(zone, utc);
  const { year, week } = isoWeekOf(day);
  return [
    ['isoWeekYear', int32(year)],
    ['isoWeek', int32(week)],
    ['isoDayOfWeek', int32(isoDayOfWeek(day))],
  ];
}

/** Whether ISO parts are asked for; null for null. */
function isoFlag(flag: Expression | undefined, root: Document): boolean | null {
  if (flag === undefined) return false;
  const value = flag.evaluate(root);
  if (isNullish(value)) return null;
  return typeof value === 'boolean'
    ? value
    : refuse(40521, `iso8601 must evaluate to a bool, found ${nameOfType(value)}`);
}

const dateToParts: Operator = (spec, compiler, name) => {
  const { named, args } = compileNamed(spec, compiler, name, {
    required: ['date'],
    optional: ['timezone', 'iso8601'],
    codes: [40524, 40520, 40522],
    messages: dateMessages,
  });
  const date = named.date as Expression;
  return {
    args,
    evaluate: (root) => {
      const value = date.evaluate(root);
      const zone = zoneFrom(named.timezone, root);
      const iso = zone && isoFlag(named.iso8601, root);
      if (zone === null || iso === null || isNullish(value)) return null;
      const utc = instantOrFail(value);
      const at = civilIn(zone, utc);
      return Document.of([
        ...(iso ? isoParts(utc, zone) : naturalParts(utc, zone)),
        ['hour', int32(at.hour)],
        ['minute', int32(at.minute)],
        ['second', int32(at.second)],
        ['millisecond', int32(at.ms)],
      ]);
    },
  };
};

/** Dates to and from their parts. */
export const datePartsOperators: OperatorTable = {
  $dateFromParts: dateFromParts,
  $dateToParts: dateToParts,
};
