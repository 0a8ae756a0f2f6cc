import { type Connection, checkPageSize, connectionOf, type PageArgs } from '../../records/connection.ts';
import { decodeCursor, fingerprint, type SortValue } from '../../records/cursor.ts';
import { type SortField, valueAt } from '../../records/keyset.ts';

/**
 * Gives one page of rows that are all at hand (the members of a cluster: a few dozen), in their order, which is
 * that of `sort`, ascending. Throws as a page from the database does.
 */
export function memoryPage<Row>(
  rows: readonly Row[],
  options: { readonly list: unknown; readonly sort: readonly string[]; readonly args: PageArgs },
): Connection<Row> {
  const { args, list } = options;
  checkPageSize(args.first);
  const sort: SortField[] = options.sort.map((field) => ({ field, direction: 1 }));
  const print = fingerprint([list, sort]);
  const position = args.after ? decodeCursor(args.after, print, sort.length) : null;
  const start = position ? rows.filter((row) => !isBeyond(row, options.sort, position)).length : 0;
  return connectionOf(rows.slice(start, start + args.first + 1), {
    args,
    sort,
    print: () => print,
    totalCount: async () => rows.length,
  });
}

function isBeyond(row: unknown, fields: readonly string[], position: readonly SortValue[]): boolean {
  for (const [index, field] of fields.entries()) {
    const [own, other] = [valueAt(row, field), position[index] ?? null];
    if (own === other || own === null || other === null) continue;
    return own > other;
  }
  return false;
}
