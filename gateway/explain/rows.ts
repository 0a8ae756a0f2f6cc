/**
 * Counts the rows of an answer: the objects in its outermost lists. What stands in a list within such an object belongs
 * to its row. An answer without a list is one row.
 */
export const rowsOf = (data: unknown): number => Math.max(1, countRows(data));

function countRows(value: unknown): number {
  if (Array.isArray(value)) return value.filter((item) => typeof item === 'object' && item !== null).length;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((sum, inner) => sum + countRows(inner), 0);
}
