/** Milliseconds of the units of fixed length. */
export const MS = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
} as const;

/** A wall-clock reading in the proleptic Gregorian calendar. */
export interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly ms: number;
}

/** Days since 1970-01-01 of a date; month and day may lie outside their ranges and carry over. */
export function dayNumber(year: number, month: number, day: number): number {
  const y = year + Math.floor((month - 1) / 12);
  const m = (((month - 1) % 12) + 12) % 12;
  const shifted = m < 2 ? y - 1 : y;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * ((m + 10) % 12) + 2) / 5);
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468 + (day - 1);
}

/** The date of a number of days since 1970-01-01. */
export function dateOfDay(days: number): { year: number; month: number; day: number } {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const doe = z - era * 146_097;
  const yoe = Math.floor(
    (doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365,
  );
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  return {
    year: yoe + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: doy - Math.floor((153 * mp + 2) / 5) + 1,
  };
}

/** The wall-clock reading of local milliseconds (UTC milliseconds plus the zone's offset). */
export function civilOf(local: number): Civil {
  const days = Math.floor(local / MS.day);
  const rest = local - days * MS.day;
  const { year, month, day } = dateOfDay(days);
  const hour = Math.floor(rest / MS.hour);
  const minute = Math.floor((rest - hour * MS.hour) / MS.minute);
  const second = Math.floor((rest - hour * MS.hour - minute * MS.minute) / MS.second);
  return { year, month, day, hour, minute, second, ms: rest % MS.second };
}

/** Local milliseconds of date and time parts; every part may lie outside its range and carry over. */
export function localOf(
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
  ms = 0,
): number {
  return dayNumber(year, month, day) * MS.day + hour * MS.hour + minute * MS.minute + second * MS.second + ms;
}

export function daysInMonth(year: number, month: number): number {
  return dayNumber(year, month + 1, 1) - dayNumber(year, month, 1);
}

export function dayOfYear(days: number): number {
  return days - dayNumber(dateOfDay(days).year, 1, 1) + 1;
}

/** 1 (Monday) to 7 (Sunday), as in ISO 8601. */
export function isoDayOfWeek(days: number): number {
  return ((((days + 3) % 7) + 7) % 7) + 1;
}

/** 1 (Sunday) to 7 (Saturday), as in `$dayOfWeek`. */
export function dayOfWeek(days: number): number {
  return (isoDayOfWeek(days) % 7) + 1;
}

/** 0 to 53; weeks begin on Sunday and days before the first Sunday are in week 0, as in `$week`. */
export function weekOfYear(days: number): number {
  return Math.floor((dayOfYear(days) - dayOfWeek(days) + 7) / 7);
}

/** The ISO 8601 week and its year. */
export function isoWeekOf(days: number): { year: number; week: number } {
  const thursday = days - isoDayOfWeek(days) + 4;
  const { year } = dateOfDay(thursday);
  return { year, week: Math.floor((thursday - dayNumber(year, 1, 1)) / 7) + 1 };
}

/** The day number of an ISO week date; week and day may lie outside their ranges and carry over. */
export function dayOfIsoWeek(year: number, week: number, day: number): number {
  const fourth = dayNumber(year, 1, 4);
  return fourth - isoDayOfWeek(fourth) + 1 + (week - 1) * 7 + (day - 1);
}
