import { createHash, randomUUID } from 'node:crypto';
import type { Connection, Model, mongo } from 'mongoose';
import { isDuplicateKey } from './databaseErrors.ts';

/** A change of stored shapes; runs once, in the order of the list, and must be able to run again after a crash. */
export interface Migration {
  readonly id: string;
  readonly run: (connection: Connection) => Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: only names and indexes are read, never the rows' type
type AnyModel = Model<any>;

interface Stamp {
  readonly _id: string;
  readonly indexes?: string;
  readonly migrations?: readonly string[];
  readonly lockedBy?: string | null;
  readonly lockedUntil?: Date;
}

const LOCK_MS = 10 * 60_000;
const WAIT_MS = 250;

/** One document for each subgraph: what its database has been brought to, and who is at it. */
const stamps = (connection: Connection) => connection.collection<Stamp>('_migrations');

const indexesOf = (models: readonly AnyModel[]): string =>
  createHash('sha256')
    .update(JSON.stringify(models.map((model) => [model.collection.name, model.schema.indexes()])))
    .digest('base64url');

/**
 * Builds the indexes of the models (and drops those no longer declared) and runs the missing migrations, once: others
 * wait behind a lock that a crashed process loses after ten minutes. Nothing is done when all is up to date.
 */
export async function migrate(
  connection: Connection,
  subgraph: string,
  models: readonly AnyModel[],
  migrations: readonly Migration[],
): Promise<void> {
  const owner = randomUUID();
  await takeLock(connection, subgraph, owner);
  try {
    const stamp = await stamps(connection).findOne({ _id: subgraph });
    const done = new Set(stamp?.migrations);
    for (const migration of migrations.filter(({ id }) => !done.has(id))) {
      await migration.run(connection);
      await stamps(connection).updateOne({ _id: subgraph }, { $addToSet: { migrations: migration.id } });
    }
    if (stamp?.indexes !== indexesOf(models)) await buildIndexes(connection, subgraph, models);
  } finally {
    await stamps(connection).updateOne({ _id: subgraph, lockedBy: owner }, { $set: { lockedBy: null } });
  }
}

async function buildIndexes(
  connection: Connection,
  subgraph: string,
  models: readonly AnyModel[],
): Promise<void> {
  // Together: MongoDB builds as many at a time as it thinks right, and collections without rows take one flush to the disk.
  await Promise.all(models.map(syncIndexes));
  await stamps(connection).updateOne({ _id: subgraph }, { $set: { indexes: indexesOf(models) } });
}

async function syncIndexes(model: AnyModel): Promise<void> {
  await model.createCollection();
  const { toDrop, toCreate } = await model.diffIndexes({ indexOptionsToCreate: true });
  await model.cleanIndexes({ toDrop });
  await createIndexes(model, toCreate as DeclaredIndex[]);
}

type DeclaredIndex = ReturnType<AnyModel['schema']['indexes']>[number];

/** All of a collection by one command, so that its documents are looked at once; mongoose sends one for each. */
async function createIndexes(model: AnyModel, indexes: readonly DeclaredIndex[]): Promise<void> {
  if (indexes.length === 0) return;
  const specifications = indexes.map(([key, options]) => ({ key, ...options }));
  await model.collection.createIndexes(specifications as mongo.IndexDescription[]);
}

async function takeLock(connection: Connection, subgraph: string, owner: string): Promise<void> {
  for (;;) {
    const now = new Date();
    const free = { _id: subgraph, $or: [{ lockedBy: null }, { lockedUntil: { $lt: now } }] };
    const lock = { $set: { lockedBy: owner, lockedUntil: new Date(now.getTime() + LOCK_MS) } };
    try {
      const taken = await stamps(connection).updateOne(free, lock, { upsert: true });
      if (taken.matchedCount + taken.upsertedCount > 0) return;
    } catch (error) {
      // The upsert of a held lock runs into the _id: somebody else is at it.
      if (!isDuplicateKey(error)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
}

/** Gives null when the database is where this code needs it, else what is missing, for readiness and for people. */
export async function missingMigrations(
  connection: Connection,
  subgraph: string,
  models: readonly AnyModel[],
  migrations: readonly Migration[],
): Promise<string | null> {
  const stamp = await stamps(connection).findOne({ _id: subgraph });
  const missing = migrations.filter(({ id }) => !stamp?.migrations?.includes(id)).map(({ id }) => id);
  if (missing.length === 0 && stamp?.indexes === indexesOf(models)) return null;
  const what = missing.length > 0 ? `migrations ${missing.join(', ')}` : 'indexes';
  return `The database is not up to date for ${subgraph} (${what}); run: npm run migrate`;
}
