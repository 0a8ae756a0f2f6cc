import type { Model } from 'mongoose';
import { readRows } from './read.ts';
import type { Projection } from './selection.ts';

/** A collection so small that reading all of it costs no more than reading a part. */
export interface SmallCollection<Row> {
  readonly model: Model<Row>;
  readonly projection: Projection;
  /** The order of `all`. */
  readonly sort: Readonly<Record<string, 1>>;
  readonly signal?: AbortSignal | undefined;
}

export interface Whole<Row> {
  readonly load: (id: string) => Promise<Row | null>;
  readonly all: () => Promise<readonly Row[]>;
}

/**
 * Makes the reads of a catalogue for one request: the first question reads it whole by one command, so that the number
 * of commands does not depend on which rows are asked for, nor in which tick.
 */
export function wholeByKey<Row extends { readonly _id: string }>(
  collection: SmallCollection<Row>,
): Whole<Row> {
  let read: Promise<Map<string, Row>> | undefined;
  const rows = async (): Promise<Map<string, Row>> => {
    const found = await readRows<Row>({ ...collection, filter: {} });
    return new Map(found.map((row) => [row._id, row]));
  };
  const whole = (): Promise<Map<string, Row>> => {
    read ??= rows();
    return read;
  };
  return {
    load: async (id) => (await whole()).get(id) ?? null,
    all: async () => [...(await whole()).values()],
  };
}
