import { describe, expect, it, test } from 'vitest';
import { dayOfTarget, spanOfTarget } from './targetPeriod.ts';

describe('the period of a target', () => {
  const phases = [{ code: 'A-1:P1', from: '2021-08-20', before: '2021-11-16' }];
  it('is one of the calendar or a phase of the campaign', () => {
    expect(spanOfTarget('2021-Q3', phases)).toEqual({ from: '2021-07-01', before: '2021-10-01' });
    expect(spanOfTarget('A-1:P1', phases)).toMatchObject({ from: '2021-08-20', before: '2021-11-16' });
    expect(spanOfTarget('A-1:P2', phases)).toBeNull();
  });
});

describe('the day on which the unit of a target is looked at', () => {
  const year = { from: '2025-01-01', before: '2026-01-01' };
  test.each([
    ['lives on', [{ from: '2000-01-01', before: null }], '2025-12-31'],
    ['was closed inside the period', [{ from: '2000-01-01', before: '2025-03-01' }], '2025-02-28'],
    [
      'moved inside the period',
      [
        { from: '2000-01-01', before: '2025-07-01' },
        { from: '2025-07-01', before: null },
      ],
      '2025-12-31',
    ],
    ['was closed before it', [{ from: '2000-01-01', before: '2025-01-01' }], null],
    ['was opened after it', [{ from: '2026-01-01', before: null }], null],
  ])('a unit that %s', (_, versions, day) => {
    expect(dayOfTarget(year, versions)).toBe(day);
  });
});
