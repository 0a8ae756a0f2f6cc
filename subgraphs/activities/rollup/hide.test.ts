import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Count, hide } from './hide.ts';

const line = (...values: number[]): Count[] =>
  values.map((value, index) => ({ keys: [String(index)], value }));
const sum = (counts: readonly Count[]): number => counts.reduce((total, { value }) => total + value, 0);

describe('hide', () => {
  it.each([
    ['nothing small', [10, 20, 0], 0, [false, false, false], false, false],
    [
      'one small: its smallest neighbour goes with it',
      [3, 20, 9, 0],
      0,
      [true, false, true, false],
      false,
      false,
    ],
    ['two small ones cover each other', [1, 4, 50], 0, [true, true, false], false, false],
    ['a small one alone takes the total with it', [3, 0, 0], 0, [true, false, false], false, true],
    ['unallocated counts as a neighbour', [3, 0], 7, [true, false], true, false],
    ['unallocated can be the small one', [30, 40], 2, [true, false], true, false],
    ['a small total is hidden', [2, 1], 0, [true, true], false, true],
  ])('%s', (_, values, unallocated, counts, restHidden, totalHidden) => {
    const given = line(...values);
    expect(hide(given, unallocated, sum(given) + unallocated)).toEqual({
      counts,
      unallocated: restHidden,
      total: totalHidden,
    });
  });

  it('guards the rows and the columns of a table', () => {
    const cell = (row: string, column: string, value: number): Count => ({ keys: [row, column], value });
    const table = [cell('a', 'x', 2), cell('a', 'y', 30), cell('b', 'x', 40), cell('b', 'y', 50)];
    expect(hide(table, 0, sum(table)).counts).toEqual([true, true, true, true]);
  });

  it('never leaves a single hidden count beside shown ones that add up with it to a shown number', () => {
    const values = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(values, fc.integer({ min: 0, max: 6 }), (numbers, unallocated) => {
        const given = line(...numbers);
        const total = sum(given) + unallocated;
        const hidden = hide(given, unallocated, total);
        const all = [...hidden.counts, hidden.unallocated];
        [...numbers, unallocated].forEach((value, index) => {
          if (value > 0 && value < 5) expect(all[index]).toBe(true);
          if (value === 0) expect(all[index]).toBe(false);
        });
        const count = all.filter(Boolean).length;
        expect(count !== 1 || hidden.total).toBe(true);
        if (total > 0 && total < 5) expect(hidden.total).toBe(true);
      }),
    );
  });
});
