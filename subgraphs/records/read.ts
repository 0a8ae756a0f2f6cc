import { type Model, mongo } from 'mongoose';
import type { Filter } from './keyset.ts';

// biome-ignore lint/suspicious/noExplicitAny: only the names of collection and database are used, never the rows' type
type Collection = Pick<Model<any>, 'collection' | 'db'>;

/** What one `find` reads. Its values are of the stored types: nothing casts them on the way. */
export interface Reading {
  readonly model: Collection;
  readonly filter: Filter;
  /** The whole records when left out. */
  readonly projection?: Filter | undefined;
  readonly sort?: Filter | undefined;
  readonly limit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What one `aggregate` reads. */
export interface Aggregation {
  readonly model: Collection;
  /** One that begins with `$documents` is a command on the database, not on the collection. */
  readonly pipeline: readonly Filter[];
  readonly signal?: AbortSignal | undefined;
}

/** Twice what a request may take unless it is told otherwise. */
const READ_LIMIT_MS = 20_000;

/**
 * The driver gives a command up when the request's deadline passes; the database does not hear of that, and would go on
 * for nobody, so that it is told an end as well.
 */
export const driverOptions = (
  signal: AbortSignal | undefined,
): { readonly maxTimeMS: number; readonly signal?: AbortSignal } =>
  signal ? { maxTimeMS: READ_LIMIT_MS, signal } : { maxTimeMS: READ_LIMIT_MS };

/** Far above any answer: all rows come in the first batch, so that their number costs no further command. */
export const ALL_ROWS = 1_000_000;

/**
 * Reads rows by one MongoDB command, as they are stored.
 * @throws what the driver throws; the reason of the signal once that is aborted.
 */
export async function readRows<Row>({ model, signal, limit, ...asked }: Reading): Promise<Row[]> {
  const { filter, projection = {}, sort } = asked;
  const command = {
    find: model.collection.name,
    filter,
    projection,
    ...(sort ? { sort } : {}),
    ...(limit === undefined ? {} : { limit }),
    batchSize: ALL_ROWS,
  };
  return readAll<Row>(model, command, signal, () =>
    model.collection.find(filter as object, {
      projection,
      ...(sort ? { sort: sort as Record<string, 1> } : {}),
      ...(limit === undefined ? {} : { limit }),
      batchSize: ALL_ROWS,
      ...driverOptions(signal),
    }),
  );
}

/** Reads what a pipeline gives, by one MongoDB command. @throws as {@link readRows} does. */
export async function readPipeline<Row>(aggregation: Aggregation): Promise<Row[]> {
  const { model, pipeline, signal } = aggregation;
  const ofDatabase = pipeline[0]?.$documents !== undefined;
  const stages = pipeline as object[];
  const cursor = { batchSize: ALL_ROWS };
  const command = { aggregate: ofDatabase ? 1 : model.collection.name, pipeline, cursor };
  return readAll<Row>(model, command, signal, () => {
    const options = { ...cursor, ...driverOptions(signal) };
    return ofDatabase
      ? databaseOf(model).aggregate(stages, options)
      : model.collection.aggregate(stages, options);
  });
}

/** MongoDB's MaxTimeMSExpired. */
const TIME_IS_OVER = 50;

/**
 * The rows of a command whose first batch holds all, without a cursor: that takes half of the processor time of a small
 * read. What does not fit into the 16 MB of one answer, or went wrong in a way that the driver may know to mend (a read
 * is tried again when the primary changes), is read by the driver's cursor, whose word is the last one.
 */
async function readAll<Row>(
  { db, collection }: Collection,
  command: Filter,
  signal: AbortSignal | undefined,
  cursor: () => { readonly toArray: () => Promise<unknown[]> },
): Promise<Row[]> {
  const database = databaseOf({ db });
  const { readConcern, readPreference } = database;
  try {
    const { cursor: answer } = await database.command(
      { ...command, maxTimeMS: READ_LIMIT_MS, ...(readConcern ? { readConcern } : {}) },
      { ...(readPreference ? { readPreference } : {}), ...(signal ? { signal } : {}) },
    );
    if (isOver(answer.id)) return answer.firstBatch;
    await database.command({ killCursors: collection.name, cursors: [answer.id] });
  } catch (error) {
    if (signal?.aborted || (error as mongo.MongoServerError).code === TIME_IS_OVER) throw error;
  }
  return (await cursor().toArray()) as Row[];
}

const isOver = (cursor: number | bigint | mongo.Long): boolean => Number(cursor) === 0;

/** The database of a connection that is open: every door's is. */
function databaseOf({ db: connection }: Pick<Collection, 'db'>): mongo.Db {
  if (!connection.db) throw new mongo.MongoNotConnectedError('The connection is not open.');
  return connection.db;
}
