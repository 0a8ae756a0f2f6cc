import { decodeCursor, encodeCursor, type SortValue } from '../../records/cursor.ts';

/** One part of the order of rows. */
export interface Order<Row> {
  readonly value: (row: Row) => SortValue;
  readonly direction: 1 | -1;
}

/** Compares two values; null comes last in either direction, so that a hidden value tells nothing by its place. */
function compareValues(a: SortValue, b: SortValue, direction: 1 | -1): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a < b ? -direction : a > b ? direction : 0;
}

function comparePositions(
  a: readonly SortValue[],
  b: readonly SortValue[],
  directions: readonly (1 | -1)[],
): number {
  for (const [index, direction] of directions.entries()) {
    const compared = compareValues(a[index] ?? null, b[index] ?? null, direction);
    if (compared !== 0) return compared;
  }
  return 0;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/**
 * Sorts computed rows and takes the page after a cursor, which holds the sort values of the last row: a row that has
 * gone or come meanwhile moves no other. Throws CURSOR_INVALID or CURSOR_MISMATCH.
 */
export function pageOf<Row>(
  rows: readonly Row[],
  orders: readonly Order<Row>[],
  args: { readonly first: number; readonly after?: string | null | undefined; readonly print: string },
): Page<Row> {
  const directions = orders.map(({ direction }) => direction);
  const placed = rows
    .map((row) => ({ row, position: orders.map(({ value }) => value(row)) }))
    .sort((a, b) => comparePositions(a.position, b.position, directions));
  const start = args.after ? decodeCursor(args.after, args.print, orders.length) : null;
  const rest = start
    ? placed.filter(({ position }) => comparePositions(position, start, directions) > 0)
    : placed;
  const page = rest.slice(0, args.first);
  const cursorOf = (at: (typeof page)[number] | undefined) => at && encodeCursor(at.position, args.print);
  return {
    rows: page.map(({ row }) => row),
    pageInfo: {
      hasNextPage: rest.length > page.length,
      hasPreviousPage: start !== null,
      startCursor: cursorOf(page[0]) ?? null,
      endCursor: cursorOf(page.at(-1)) ?? null,
    },
  };
}
