import { fail } from '../../core/errors.ts';
import { civilOf, localOf, MS } from './calendar.ts';

/** A time zone: an Olson name or a fixed offset from UTC. */
export interface Zone {
  readonly isUtc: boolean;
  /** Milliseconds to add to UTC at an instant. */
  offsetAt(utc: number): number;
}

const fixed = (offset: number): Zone => ({ isUtc: offset === 0, offsetAt: () => offset });

export const UTC: Zone = fixed(0);

const AREAS =
  /^(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Brazil|Canada|Chile|Etc|Europe|Indian|Mexico|Pacific|US)\//;
const LOWER_CASE_NAMES = /^(UTC|GMT|ROC|ROK|PRC|EST|MST|HST|CET|EET|MET|WET|UCT|GB|NZ)/;

/** Olson names are case-sensitive for MongoDB, while Intl takes any spelling. */
function isSpelledAsInTheDatabase(id: string): boolean {
  if (!/^[A-Z]/.test(id)) return false;
  if (!id.includes('/')) return id === id.toUpperCase() ? isUpperCaseName(id) : true;
  if (!AREAS.test(id)) return false;
  const places = id.slice(id.indexOf('/') + 1).split(/[/_-]/);
  return places.every(
    (word) => /^([A-Z][A-Za-z]*|of|es|au|[+]?\d+|GMT[+]?\d+|)$/.test(word) && !/^[A-Z]{4,}$/.test(word),
  );
}

function isUpperCaseName(id: string): boolean {
  return LOWER_CASE_NAMES.test(id) || /^[A-Z]{3}\d[A-Z]{3}$/.test(id) || id === 'W-SU';
}

function formatterOf(id: string): Intl.DateTimeFormat | undefined {
  if (!isSpelledAsInTheDatabase(id)) return undefined;
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: id,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return undefined;
  }
}

function readOffset(formatter: Intl.DateTimeFormat, utc: number): number {
  const whole = Math.floor(utc / MS.second) * MS.second;
  const parts: Record<string, string> = {};
  for (const { type, value } of formatter.formatToParts(whole)) parts[type] = value;
  const written = Number(parts.year);
  const year = parts.era === 'BC' ? 1 - written : written;
  return (
    localOf(
      year,
      Number(parts.month),
      Number(parts.day),
      Number(parts.hour),
      Number(parts.minute),
      Number(parts.second),
    ) - whole
  );
}

/** Asking Intl costs microseconds, so the offset is remembered for every day on which it does not change. */
class OlsonZone implements Zone {
  readonly isUtc = false;
  readonly #formatter: Intl.DateTimeFormat;
  readonly #days = new Map<number, number | undefined>();
  constructor(formatter: Intl.DateTimeFormat) {
    this.#formatter = formatter;
  }

  offsetAt(utc: number): number {
    const day = Math.floor(utc / MS.day);
    if (!this.#days.has(day)) this.#days.set(day, this.#constantOn(day));
    return this.#days.get(day) ?? readOffset(this.#formatter, utc);
  }

  #constantOn(day: number): number | undefined {
    const first = readOffset(this.#formatter, day * MS.day);
    return first === readOffset(this.#formatter, (day + 1) * MS.day - 1) ? first : undefined;
  }
}

const zones = new Map<string, Zone>([['UTC', UTC]]);

function offsetZone(id: string): Zone | undefined {
  const match = /^([+-])(\d\d)(?::?(\d\d))?$/.exec(id);
  if (match === null) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return fixed((match[1] === '-' ? -minutes : minutes) * MS.minute);
}

/**
 * The zone of an Olson name or of `±HH`, `±HHMM`, `±HH:MM`.
 * @throws 40485 when there is none of that name.
 */
export function zoneOf(id: string): Zone {
  const known = zones.get(id);
  if (known !== undefined) return known;
  const formatter = formatterOf(id);
  const zone = offsetZone(id) ?? (formatter && new OlsonZone(formatter));
  if (zone === undefined) fail(40485, 'Location40485', `unrecognized time zone identifier: "${id}"`);
  zones.set(id, zone);
  return zone;
}

/** The instant of a wall-clock reading: the earlier one when it occurs twice, moved on when it is skipped. */
export function utcOf(local: number, zone: Zone): number {
  const before = zone.offsetAt(local - MS.day);
  const after = zone.offsetAt(local + MS.day);
  const early = local - before;
  if (before === after || zone.offsetAt(early) === before) return early;
  const late = local - after;
  return zone.offsetAt(late) === after ? late : early;
}

/** The wall-clock reading of an instant. */
export function civilIn(zone: Zone, utc: number): ReturnType<typeof civilOf> {
  return civilOf(utc + zone.offsetAt(utc));
}

/** The day number, counted from 1970-01-01, that an instant has in a zone. */
export function dayIn(zone: Zone, utc: number): number {
  return Math.floor((utc + zone.offsetAt(utc)) / MS.day);
}
