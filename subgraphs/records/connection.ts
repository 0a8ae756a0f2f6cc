import { GraphError } from '../../server/errors.ts';
import { encodeCursor, type SortValue } from './cursor.ts';
import { type SortField, valueAt } from './keyset.ts';

/** The arguments of every bounded list. */
export interface PageArgs {
  readonly first: number;
  readonly after?: string | null | undefined;
}

/** A Relay connection over plain records; `totalCount` is asked of the database only when it is selected. */
export interface Connection<Row> {
  readonly edges: readonly { readonly cursor: string; readonly node: Row }[];
  readonly nodes: readonly Row[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount: () => Promise<number | null>;
}

/** The most rows of one page; DOMAIN §5.1. A gateway contract may lower it. */
export const MAX_PAGE = 100;

/** Throws PAGE_SIZE unless 1 ≤ first ≤ max. */
export function checkPageSize(first: number, max = MAX_PAGE): void {
  if (Number.isInteger(first) && first >= 1 && first <= max) return;
  throw new GraphError('PAGE_SIZE', `first must be between 1 and ${max}; it was ${first}.`, {
    params: { first, max },
  });
}

/**
 * Gives the connection of up to first + 1 rows that were read in the order of the sort. Its cursors are made when somebody
 * asks for them, from the fingerprint that `print` gives.
 */
export function connectionOf<Row>(
  rows: readonly Row[],
  options: {
    readonly args: PageArgs;
    readonly sort: readonly SortField[];
    readonly print: () => string;
    readonly totalCount: () => Promise<number | null>;
  },
): Connection<Row> {
  const cursorOf = (row: Row): string => {
    const values: SortValue[] = options.sort.map(({ field }) => valueAt(row, field));
    return encodeCursor(values, options.print());
  };
  const cursorOrNull = (row: Row | undefined): string | null => (row === undefined ? null : cursorOf(row));
  const nodes = rows.slice(0, options.args.first);
  return {
    get edges() {
      return nodes.map((node) => ({ cursor: cursorOf(node), node }));
    },
    nodes,
    pageInfo: {
      hasNextPage: rows.length > options.args.first,
      hasPreviousPage: options.args.after != null,
      get startCursor() {
        return cursorOrNull(nodes[0]);
      },
      get endCursor() {
        return cursorOrNull(nodes.at(-1));
      },
    },
    totalCount: options.totalCount,
  };
}
