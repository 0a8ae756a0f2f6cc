import type { Connection } from 'mongoose';

interface LoadStamp {
  readonly _id: string;
  readonly loads?: readonly string[];
}

const stamps = (connection: Connection) => connection.collection<LoadStamp>('_migrations');

/** Whether a named load of seed rows was brought to its end in this database. */
export async function isLoaded(connection: Connection, subgraph: string, load: string): Promise<boolean> {
  const stamp = await stamps(connection).findOne({ _id: subgraph }, { projection: { loads: 1 } });
  return stamp?.loads?.includes(load) ?? false;
}

/** Remembers that a named load came to its end; a later one of the same name has nothing to do. */
export async function markLoaded(connection: Connection, subgraph: string, load: string): Promise<void> {
  await stamps(connection).updateOne({ _id: subgraph }, { $addToSet: { loads: load } }, { upsert: true });
}
