/** A page of a list as the graph gives it. */
export interface ListPage<Row> {
  readonly nodes: readonly Row[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Reads the page after a cursor, or the first; null where it cannot be read. */
export type ReadPage<Row> = (after: string | null) => Promise<ListPage<Row> | null | undefined>;

/** Rows that are asked for at once: as many as anybody may. */
export const EXPORT_PAGE = 50;

/** The most rows of one file. */
export const MOST_ROWS = 10_000;

/** What was read of a list. */
export interface Export<Row> {
  readonly rows: readonly Row[];
  /** Whether these are all rows, only the first ones that one file takes, or those up to a page that failed. */
  readonly extent: 'whole' | 'cut' | 'failed';
}

/**
 * Reads a list page by page, from its first row to its last or to the most that a file takes; tells of each page how many
 * rows are read, and stops when the teller says so.
 */
export async function everyRow<Row>(
  read: ReadPage<Row>,
  tell: (rows: number) => boolean,
): Promise<Export<Row>> {
  const rows: Row[] = [];
  let after: string | null = null;
  do {
    const page: ListPage<Row> | null | undefined = await read(after);
    if (!page) return { rows, extent: 'failed' };
    rows.push(...page.nodes);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    if (!tell(rows.length)) return { rows, extent: 'failed' };
  } while (after !== null && rows.length < MOST_ROWS);
  return { rows, extent: after === null ? 'whole' : 'cut' };
}
