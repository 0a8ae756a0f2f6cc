import type { Model } from 'mongoose';
import { type Connection, checkPageSize, connectionOf, type PageArgs } from './connection.ts';
import { decodeCursor, fingerprint, type SortValue } from './cursor.ts';
import { afterPosition, type Filter, orderOf, type SortField, sortSpec, withId } from './keyset.ts';
import { once } from './once.ts';
import { withSortFields } from './page.ts';
import { perKey } from './perKey.ts';
import type { Projection } from './selection.ts';

/** The same list under many parents: `foreignField` holds the parent's key. */
export interface ListOf<Row> {
  readonly model: Model<Row>;
  readonly foreignField: string;
  readonly filter: Filter;
  readonly sort: readonly SortField[];
  readonly projection: Projection;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads one page under each parent by one MongoDB command, however many parents there are: each parent is a row
 * of `$documents`, and `$lookup` takes first + 1 rows for it through the index (foreignField, sort…).
 * Totals, when selected, are one more command for all parents. Gives the connections in the order of the keys.
 */
export async function findPagesOf<Row>(
  list: ListOf<Row>,
  keys: readonly string[],
  args: PageArgs,
): Promise<Connection<Row>[]> {
  checkPageSize(args.first);
  const sort = withId(list.sort);
  const prints = keys.map((key) =>
    once(() => fingerprint([list.model.collection.name, key, list.filter, orderOf(sort)])),
  );
  const position = args.after
    ? decodeOwn(
        args.after,
        prints.map((print) => print()),
        sort.length,
      )
    : null;
  const filter = position ? { $and: [list.filter, afterPosition(sort, position)] } : list.filter;
  const found = await perKey<Row>({
    ...list,
    keys: keys.map((key) => ({ key })),
    pipeline: [
      { $match: filter },
      { $sort: sortSpec(sort) },
      { $limit: args.first + 1 },
      { $project: withSortFields(list.projection, sort) },
    ],
  });
  const totals = once(() => countsOf(list, keys));
  return keys.map((key, index) =>
    connectionOf(found.get(key) ?? [], {
      args,
      sort,
      print: prints[index] ?? (() => ''),
      totalCount: async () => (await totals()).get(key) ?? 0,
    }),
  );
}

/** A cursor under many parents can belong to one of them only; it is valid where it was given out. */
function decodeOwn(cursor: string, prints: readonly string[], length: number): SortValue[] {
  const last = prints.length - 1;
  for (const print of prints.slice(0, last)) {
    try {
      return decodeCursor(cursor, print, length);
    } catch {
      // not this parent's
    }
  }
  return decodeCursor(cursor, prints[last] ?? '', length);
}

async function countsOf<Row>(list: ListOf<Row>, keys: readonly string[]): Promise<Map<string, number>> {
  const found = await perKey<{ n: number }>({
    ...list,
    keys: keys.map((key) => ({ key })),
    pipeline: [{ $match: list.filter }, { $count: 'n' }],
  });
  return new Map([...found].map(([key, rows]) => [key, rows[0]?.n ?? 0]));
}
