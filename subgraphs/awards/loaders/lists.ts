import DataLoader from 'dataloader';
import type { Model } from 'mongoose';
import { readRows } from '../../records/read.ts';
import type { Projection } from '../../records/selection.ts';

/** One road to short lists: all rows that hold a key in a field. */
export interface ListRoad<Row> {
  readonly model: Model<Row>;
  readonly field: keyof Row & string;
  /** Whole rows when left out. */
  readonly projection?: Projection;
  readonly sort: Readonly<Record<string, 1 | -1>>;
  readonly signal?: AbortSignal | undefined;
}

/** Makes the loader of one road for one request: the lists of all keys of a tick are read by one `find`. */
export const listsByKey = <Row>(road: ListRoad<Row>): DataLoader<string, readonly Row[]> =>
  new DataLoader(async (keys) => {
    const rows = await readRows<Row>({
      model: road.model,
      filter: { [road.field]: { $in: keys } },
      projection: road.projection && { ...road.projection, [road.field]: 1 },
      sort: road.sort,
      signal: road.signal,
    });
    const lists = new Map<string, Row[]>();
    for (const row of rows) {
      const key = String(row[road.field]);
      const list = lists.get(key);
      if (list) list.push(row);
      else lists.set(key, [row]);
    }
    return keys.map((key) => lists.get(key) ?? []);
  });
