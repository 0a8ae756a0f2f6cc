/** Lists that are parts of a row or a sum, not rows. */
const parts = new Set(['keys', 'values', 'totals', 'unallocated']);
/** Lists that hold rows of their own wherever they stand. */
const pages = new Set(['nodes', 'rows', 'units']);

/**
 * Counts the rows of an answer: the objects of its lists, and of the pages within those. The ancestors of a unit in
 * a list, or the keys of a rollup's row, are parts of that row. Never less than one.
 */
export const rowsOf = (data: unknown): number => Math.max(1, count(data, false));

function count(value: unknown, inRow: boolean): number {
  if (value === null || typeof value !== 'object') return 0;
  let rows = 0;
  for (const [name, field] of Object.entries(value)) {
    if (!Array.isArray(field)) {
      rows += count(field, inRow);
      continue;
    }
    if (parts.has(name) || (inRow && !pages.has(name))) continue;
    rows += field.reduce<number>((sum, row) => sum + 1 + count(row, true), 0);
  }
  return rows;
}
