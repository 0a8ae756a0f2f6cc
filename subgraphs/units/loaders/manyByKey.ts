import DataLoader from 'dataloader';
import type { Model } from 'mongoose';
import { type Filter, type SortField, sortSpec } from '../../records/keyset.ts';
import { readRows } from '../../records/read.ts';
import type { Projection } from '../../records/selection.ts';

/** One road to the few records that belong to a parent: events of a unit, links of an event. */
export interface RoadToMany<Row> {
  readonly model: Model<Row>;
  /** Holds the parent's key, or a list of such keys. */
  readonly field: string;
  /** Only these of them; all when left out. */
  readonly filter?: Filter;
  readonly sort: readonly SortField[];
  readonly projection: Projection;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes the loader of a short list under a parent, for one request: the lists of all parents of a tick are read by one
 * `find`. For lists that history bounds; a list that can grow is paged.
 */
export const manyByKey = <Row>(road: RoadToMany<Row>): DataLoader<string, Row[]> =>
  new DataLoader(manyOf(road));

/** Makes what reads the lists of some parents by one `find`, in the order of the parents. */
export const manyOf =
  <Row>(road: RoadToMany<Row>) =>
  async (keys: readonly string[]): Promise<Row[][]> => {
    const rows = await readRows<Row>({
      model: road.model,
      filter: { ...road.filter, [road.field]: { $in: keys } },
      projection: { ...road.projection, [road.field]: 1, ...sortSpecAsProjection(road.sort) },
      sort: sortSpec(road.sort),
      signal: road.signal,
    });
    const lists = new Map(keys.map((key) => [key, [] as Row[]]));
    for (const row of rows) {
      const value = (row as Record<string, unknown>)[road.field];
      for (const key of Array.isArray(value) ? value : [value]) lists.get(String(key))?.push(row);
    }
    return keys.map((key) => lists.get(key) ?? []);
  };

const sortSpecAsProjection = (sort: readonly SortField[]): Projection =>
  Object.fromEntries(sort.map(({ field }) => [field, 1] as const));
