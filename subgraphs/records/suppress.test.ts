import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MIN_CELL, suppressed } from './suppress.ts';

test.each([
  ['zero and five are shown', [[0, 5, 9]], [[false, false, false]]],
  ['one small cell takes the smallest other with it', [[3, 9, 7]], [[true, false, true]]],
  ['two small cells hide each other', [[3, 4, 9]], [[true, true, false]]],
  ['a small cell alone with zeros is hidden alone', [[3, 0, 0]], [[true, false, false]]],
  [
    'columns as well as rows',
    [
      [2, 10],
      [20, 30],
    ],
    [
      [true, true],
      [true, true],
    ],
  ],
  ['a hole is no cell', [[2, null, 8]], [[true, false, true]]],
])('%s', (_, table, expected) => {
  expect(suppressed(table)).toEqual(expected);
});

test('no hidden cell can be had back by subtracting the shown ones from a total', () => {
  const cell = fc.integer({ min: 0, max: 12 });
  const table = fc
    .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
    .chain(([rows, columns]) =>
      fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), {
        minLength: rows,
        maxLength: rows,
      }),
    );
  fc.assert(
    fc.property(table, (rows) => {
      const hidden = suppressed(rows);
      const columns = (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? 0));
      const hiddenColumns = (rows[0] ?? []).map((_, column) => hidden.map((row) => row[column] === true));
      const lines = [
        ...rows.map((row, index) => [row, hidden[index] ?? []] as const),
        ...columns.map((line, index) => [line, hiddenColumns[index] ?? []] as const),
      ];
      for (const [values, marks] of lines) {
        values.forEach((value, index) => {
          const small = value > 0 && value < MIN_CELL;
          if (small) expect(marks[index]).toBe(true);
        });
        const alone = marks.filter(Boolean).length === 1;
        const othersNonZero = values.some((value, index) => value > 0 && !marks[index]);
        expect(alone && othersNonZero).toBe(false);
      }
    }),
  );
});
