import { describe, expect, it } from 'vitest';
import { spanOfPeriod } from '../../schema/scalars/period.ts';
import { monthOf, periodsIn, weekOf } from './calendar.ts';

describe('weekOf', () => {
  it.each([
    ['2021-01-03', '2020-W53'],
    ['2021-01-04', '2021-W01'],
    ['2021-08-15', '2021-W32'],
    ['2021-08-16', '2021-W33'],
    ['2022-01-02', '2021-W52'],
    ['2024-12-30', '2025-W01'],
  ])('%s lies in %s', (day, week) => {
    expect(weekOf(day)).toBe(week);
    const span = spanOfPeriod(week);
    expect(span && span.from <= day && day < span.before).toBe(true);
  });
});

describe('periodsIn', () => {
  it('gives every month that the span touches, its ends included', () => {
    expect(periodsIn(monthOf, { from: '2021-11-30', before: '2022-02-02' })).toEqual([
      '2021-11',
      '2021-12',
      '2022-01',
      '2022-02',
    ]);
  });

  it('gives every week that the span touches', () => {
    expect(periodsIn(weekOf, { from: '2021-12-26', before: '2022-01-04' })).toEqual([
      '2021-W51',
      '2021-W52',
      '2022-W01',
    ]);
  });
});
