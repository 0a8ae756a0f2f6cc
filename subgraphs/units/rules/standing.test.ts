import { describe, expect, it } from 'vitest';
import type { UnitVersionRow } from '../model/version.ts';
import { standingFaults, standingOn } from './standing.ts';

const version = (from: string, before: string | null) => ({ from, before }) as UnitVersionRow;
const lives = [version('2021-08-01', '2025-07-01'), version('2025-07-01', null)];
const ended = [version('2021-08-01', '2025-07-01')];

describe('how a unit stands on a day', () => {
  it.each([
    ['lives on its last version’s first day', lives, '2025-07-01', 'LIVES'],
    ['lives later', lives, '2026-01-15', 'LIVES'],
    ['was changed later than that', lives, '2025-06-30', 'CHANGED_LATER'],
    ['was changed later than its first day', lives, '2021-08-01', 'CHANGED_LATER'],
    ['had not begun', lives, '2021-07-31', 'NOT_YET'],
    ['has ended on the day of its end', ended, '2025-07-01', 'ENDED'],
    ['ends later', ended, '2025-06-30', 'CHANGED_LATER'],
  ])('it %s', (_, versions, on, expected) => {
    expect(standingOn(versions, on)).toBe(expected);
  });

  it('decides what it can be to a command', () => {
    expect(standingFaults).toEqual({
      LIVES: { CHANGES: null, IS_NEEDED: null },
      NOT_YET: { CHANGES: 'UNIT_PERIOD_OVERLAP', IS_NEEDED: 'UNIT_PERIOD_GAP' },
      ENDED: { CHANGES: 'UNIT_CLOSED_ON_DATE', IS_NEEDED: 'UNIT_CLOSED_ON_DATE' },
      CHANGED_LATER: { CHANGES: 'UNIT_PERIOD_OVERLAP', IS_NEEDED: 'UNIT_PERIOD_OVERLAP' },
    });
  });
});
