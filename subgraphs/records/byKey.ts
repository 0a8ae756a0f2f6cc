import DataLoader from 'dataloader';
import type { Model } from 'mongoose';
import type { Filter } from './keyset.ts';
import { readRows } from './read.ts';
import type { Projection } from './selection.ts';

/** One road to single records: by which field, reading what. */
export interface Road<Row> {
  readonly model: Model<Row>;
  readonly field: string;
  readonly projection: Projection;
  readonly signal?: AbortSignal | undefined;
  /** Added to every read: the rows this viewer may see. */
  readonly scope?: Filter | undefined;
}

/**
 * Makes the loader of one road for one request: all keys of a tick are read by one `find`, the answer is in the
 * order of the keys, null where there is none.
 */
export const byKey = <Row>(road: Road<Row>): DataLoader<string, Row | null> =>
  new DataLoader(async (keys) => {
    const rows = await readRows<Row>({
      model: road.model,
      filter: { ...road.scope, [road.field]: { $in: keys } },
      projection: { ...road.projection, [road.field]: 1 },
      signal: road.signal,
    });
    const found = new Map(rows.map((row) => [String((row as Record<string, unknown>)[road.field]), row]));
    return keys.map((key) => found.get(key) ?? null);
  });

/**
 * Makes the loader of lists under a parent: `read` gets all keys of a tick, and gives one value for each in order.
 * Arguments belong into the key's maker, one loader for each set of them: see {@link perArguments}.
 */
export const perArguments = <Args, Value>(
  make: (args: Args) => (keys: readonly string[]) => Promise<readonly Value[]>,
): ((args: Args, key: string) => Promise<Value>) => {
  const loaders = new Map<string, DataLoader<string, Value>>();
  return (args, key) => {
    const name = JSON.stringify(args);
    const known = loaders.get(name) ?? new DataLoader<string, Value>(make(args));
    loaders.set(name, known);
    return known.load(key);
  };
};
