import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  civilOf,
  dateOfDay,
  dayNumber,
  dayOfIsoWeek,
  isoDayOfWeek,
  isoWeekOf,
  localOf,
  MS,
} from './calendar.ts';
import { addUnits, truncate, type Unit, unitsBetween } from './units.ts';
import { civilIn, UTC, utcOf, zoneOf } from './zone.ts';

const instant = fc.integer({ min: -60_000_000_000_000, max: 250_000_000_000_000 });
const modern = fc.integer({ min: 0, max: 2_200_000_000_000 });
const zones = [
  'UTC',
  'Asia/Ho_Chi_Minh',
  'America/New_York',
  'Europe/London',
  'Australia/Lord_Howe',
  '+05:45',
  '-0330',
];
const zone = fc.constantFrom(...zones).map(zoneOf);

describe('the calendar', () => {
  it('reads instants as JavaScript does', () => {
    fc.assert(
      fc.property(instant, (ms) => {
        const js = new Date(ms);
        expect(civilOf(ms)).toEqual({
          year: js.getUTCFullYear(),
          month: js.getUTCMonth() + 1,
          day: js.getUTCDate(),
          hour: js.getUTCHours(),
          minute: js.getUTCMinutes(),
          second: js.getUTCSeconds(),
          ms: js.getUTCMilliseconds(),
        });
        expect(isoDayOfWeek(Math.floor(ms / MS.day)) % 7).toBe(js.getUTCDay());
      }),
    );
  });

  it('turns dates into days and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -4_000_000, max: 4_000_000 }), (days) => {
        const { year, month, day } = dateOfDay(days);
        expect(dayNumber(year, month, day)).toBe(days);
        const iso = isoWeekOf(days);
        expect(dayOfIsoWeek(iso.year, iso.week, isoDayOfWeek(days))).toBe(days);
      }),
    );
  });
});

describe('zones', () => {
  it('read a wall clock and find its instant again', () => {
    fc.assert(
      fc.property(modern, zone, (ms, z) => {
        const at = civilIn(z, ms);
        const local = localOf(at.year, at.month, at.day, at.hour, at.minute, at.second, at.ms);
        const back = utcOf(local, z);
        expect([ms, ms - MS.hour, ms - MS.hour / 2]).toContain(back);
        expect(civilIn(z, back)).toEqual(at);
      }),
    );
  });

  it.each([
    ['America/New_York', [2021, 3, 14, 2, 30], '2021-03-14T07:30:00.000Z'],
    ['America/New_York', [2021, 11, 7, 1, 30], '2021-11-07T05:30:00.000Z'],
    ['Asia/Ho_Chi_Minh', [2021, 1, 1, 0, 0], '2020-12-31T17:00:00.000Z'],
    ['Asia/Saigon', [1970, 1, 1, 0, 0], '1969-12-31T16:00:00.000Z'],
    ['Europe/London', [2021, 7, 1, 12, 0], '2021-07-01T11:00:00.000Z'],
  ] as const)('%s %j', (id, [y, mo, d, h, mi], answer) => {
    expect(new Date(utcOf(localOf(y, mo, d, h, mi), zoneOf(id))).toISOString()).toBe(answer);
  });

  it.each(['asia/ho_chi_minh', 'ASIA/HO_CHI_MINH', 'Asia/Nowhere', '', 'UTC+7', '+7', '+070', 'Z', 'est'])(
    'knows no zone %j',
    (id) => {
      expect(() => zoneOf(id)).toThrow('unrecognized time zone identifier');
    },
  );

  it.each([
    'GMT',
    'EST5EDT',
    'Etc/GMT+3',
    'America/Port-au-Prince',
    'Africa/Dar_es_Salaam',
    'America/Argentina/Buenos_Aires',
    'US/Pacific',
    'Zulu',
    'Asia/Ust-Nera',
  ])('knows %s', (id) => {
    expect(zoneOf(id).isUtc).toBe(false);
  });
});

const unit = fc.constantFrom<Unit>(
  'year',
  'quarter',
  'month',
  'week',
  'day',
  'hour',
  'minute',
  'second',
  'millisecond',
);

describe('units', () => {
  it('count what was added, away from the ends of months and changes of the clock', () => {
    fc.assert(
      fc.property(modern, unit, fc.integer({ min: -500, max: 500 }), (ms, u, n) => {
        const at = civilOf(ms);
        const start = localOf(at.year, at.month, Math.min(at.day, 28), at.hour);
        expect(unitsBetween(start, addUnits(start, u, n, UTC), u, UTC, 7)).toBe(n);
      }),
    );
  });

  it('truncate to a bound that is not later, within a unit, and stays', () => {
    fc.assert(
      // Hours are counted in UTC, so that Lord Howe's half-hour change of the clock shifts them.
      fc.property(
        modern,
        unit,
        fc.constantFrom(...zones.filter((id) => id !== 'Australia/Lord_Howe')).map(zoneOf),
        fc.integer({ min: 1, max: 7 }),
        (ms, u, z, first) => {
          const bound = truncate(ms, u, 1, z, first);
          expect(bound).toBeLessThanOrEqual(ms);
          expect(truncate(bound, u, 1, z, first)).toBe(bound);
          expect(unitsBetween(bound, ms, u, z, first)).toBe(0);
        },
      ),
    );
  });

  it.each([
    ['2020-01-31T00:00:00Z', 'month', 1, '2020-02-29T00:00:00.000Z'],
    ['2020-02-29T00:00:00Z', 'year', 1, '2021-02-28T00:00:00.000Z'],
    ['2020-03-31T00:00:00Z', 'quarter', -1, '2019-12-31T00:00:00.000Z'],
    ['2020-03-31T00:00:00Z', 'month', -13, '2019-02-28T00:00:00.000Z'],
  ] as const)('%s and a %s times %d', (from, u, n, answer) => {
    expect(new Date(addUnits(Date.parse(from), u, n, UTC)).toISOString()).toBe(answer);
  });
});
