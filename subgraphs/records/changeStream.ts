import type { Model } from 'mongoose';
import { inputInvalid } from '../../server/errors.ts';
import { checkPageSize, type PageArgs } from './connection.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { Filter } from './keyset.ts';
import { readRows } from './read.ts';
import type { Projection } from './selection.ts';

/** The arguments of a stream of changes; at most one of `after` and `since`. */
export interface ChangeArgs extends PageArgs {
  readonly since?: Date | null | undefined;
}

/** A record with a place in the public stream of changes: the number of its latest change. */
interface Streamed {
  readonly seq: number;
}

export interface ChangeStream<Row> {
  readonly model: Model<Row>;
  /** Which records are in the stream. */
  readonly filter?: Filter;
  readonly projection: Projection;
  /** What the cursors of this stream are bound to. */
  readonly print: string;
  readonly signal?: AbortSignal | undefined;
}

/** One page of a stream: each record once, at the place of its latest change. */
export interface ChangePage<Row> {
  readonly edges: readonly { readonly cursor: string; readonly row: Row }[];
  readonly endCursor: string | null;
  readonly caughtUp: boolean;
}

/**
 * Reads a stream of changes on from a cursor, by one MongoDB command whatever its size; one row more than asked tells
 * whether the end is reached. Throws PAGE_SIZE, CURSOR_INVALID, CURSOR_MISMATCH, or INPUT_INVALID for two beginnings.
 *
 * `since` costs a second command, and no change can be missed: where the stream stood is read before the page is.
 * A change without its number yet gets a higher one. The instants of several writers need not rise with the numbers,
 * so that `since` picks the records of its first page and not a place in the stream.
 */
export async function readChanges<Row extends Streamed>(
  stream: ChangeStream<Row>,
  { first, after, since }: ChangeArgs,
): Promise<ChangePage<Row>> {
  checkPageSize(first);
  if (after != null && since != null)
    throw inputInvalid('Give after or since, not both.', { field: 'since' });
  const { model, filter, projection, print, signal } = stream;
  const [seen] = after ? decodeCursor(after, print, 1) : [0];
  const stood = since ? await latestChange(model, signal) : null;
  const cursorAt = (seq: number): string => encodeCursor([seq], print);
  const changed = since ? { updatedAt: { $gte: since } } : {};
  // A new record has no place in the stream until its event has its number.
  const rows = await readRows<Row>({
    model,
    filter: { ...filter, ...changed, seq: { $gt: Number(seen) } },
    projection: { ...projection, seq: 1, status: 1, updatedAt: 1 },
    sort: { seq: 1 },
    limit: first + 1,
    signal,
  });
  const caughtUp = rows.length <= first;
  const edges = rows.slice(0, first).map((row) => ({ cursor: cursorAt(row.seq), row }));
  const end = caughtUp && stood !== null ? cursorAt(stood) : edges.at(-1)?.cursor;
  return { edges, endCursor: end ?? after ?? null, caughtUp };
}

/** Gives the number of the latest change, 0 when there is none: as long as it stays, so does every answer. */
export async function latestChange<Row extends Streamed>(
  model: Model<Row>,
  signal: AbortSignal | undefined,
): Promise<number> {
  const [row] = await readRows<Streamed>({
    model,
    filter: { seq: { $gt: 0 } },
    projection: { seq: 1 },
    sort: { seq: -1 },
    limit: 1,
    signal,
  });
  return row?.seq ?? 0;
}
