import type { Model } from 'mongoose';
import { type Connection, checkPageSize, connectionOf, type PageArgs } from './connection.ts';
import { decodeCursor, fingerprint } from './cursor.ts';
import { afterPosition, type Filter, orderOf, type SortField, sortSpec, withId } from './keyset.ts';
import { once } from './once.ts';
import { driverOptions, readRows } from './read.ts';
import type { Projection } from './selection.ts';

/** A list of records: what may be read of it, in which order. */
export interface List<Row> {
  readonly model: Model<Row>;
  readonly filter: Filter;
  readonly sort: readonly SortField[];
  readonly projection: Projection;
  readonly signal?: AbortSignal | undefined;
  /** Knows the total without counting the records; null where it does not. */
  readonly total?: (() => Promise<number | null>) | undefined;
}

/**
 * Reads one page by one MongoDB command, and the total by a second one when it is asked for.
 * Throws PAGE_SIZE, CURSOR_INVALID or CURSOR_MISMATCH.
 */
export async function findPage<Row>(list: List<Row>, args: PageArgs): Promise<Connection<Row>> {
  checkPageSize(args.first);
  const sort = withId(list.sort);
  const print = once(() => fingerprint([list.model.collection.name, list.filter, orderOf(sort)]));
  const filter = args.after
    ? { $and: [list.filter, afterPosition(sort, decodeCursor(args.after, print(), sort.length))] }
    : list.filter;
  const rows = await readRows<Row>({
    model: list.model,
    filter,
    projection: withSortFields(list.projection, sort),
    sort: sortSpec(sort),
    limit: args.first + 1,
    signal: list.signal,
  });
  return connectionOf(rows, { args, sort, print, totalCount: () => countAll(list) });
}

/** A cursor needs the sort's fields, whatever else was asked. */
export const withSortFields = (projection: Projection, sort: readonly SortField[]): Projection => {
  const missing = sort.filter(
    ({ field }) => !(field in projection || (field.split('.')[0] ?? '') in projection),
  );
  return missing.length === 0
    ? projection
    : { ...projection, ...Object.fromEntries(missing.map(({ field }) => [field, 1] as const)) };
};

/** How many records there are in all the database knows; to count them one by one would read them all. */
const countAll = async <Row>({ model, filter, signal, total }: List<Row>): Promise<number> =>
  (await total?.()) ??
  (asksForAll(filter)
    ? model.estimatedDocumentCount(driverOptions(signal))
    : model.countDocuments(filter as Filter, driverOptions(signal)));

/** Whether a filter leaves nothing out: it is empty, or made of such. */
const asksForAll = (filter: Filter): boolean =>
  Object.entries(filter).every(([name, parts]) => name === '$and' && (parts as Filter[]).every(asksForAll));
