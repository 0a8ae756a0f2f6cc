import { expect, test } from 'vitest';
import { everyRow, MOST_ROWS, type ReadPage } from './everyRow.ts';

/** A list of so many numbers, fifty to a page, whose cursors are the numbers of rows before. */
const listOf =
  (length: number): ReadPage<number> =>
  async (after) => {
    const from = Number(after ?? 0);
    const nodes = Array.from({ length: Math.min(50, length - from) }, (_, index) => from + index);
    const end = from + nodes.length;
    return { nodes, pageInfo: { hasNextPage: end < length, endCursor: String(end) } };
  };

test('a list is read to its end, and says how far it is', async () => {
  const told: number[] = [];
  const { rows, extent } = await everyRow(listOf(120), (count) => told.push(count) > 0);
  expect([rows.length, rows.at(-1), extent]).toEqual([120, 119, 'whole']);
  expect(told).toEqual([50, 100, 120]);
});

test('a list that is longer than a file takes is cut there', async () => {
  const { rows, extent } = await everyRow(listOf(MOST_ROWS + 1), () => true);
  expect([rows.length, extent]).toEqual([MOST_ROWS, 'cut']);
  expect((await everyRow(listOf(MOST_ROWS), () => true)).extent).toBe('whole');
});

test('a page that cannot be read, or nobody who waits any more, ends it', async () => {
  const failing: ReadPage<number> = async (after) => (after === null ? listOf(120)(after) : null);
  expect((await everyRow(failing, () => true)).extent).toBe('failed');
  expect((await everyRow(listOf(120), () => false)).rows).toHaveLength(50);
});
