import { startDatabase } from '../../database/embedded/server.ts';

/** A MongoDB for the tests of one run. */
export interface Database {
  readonly uri: string;
  readonly stop: () => Promise<void>;
}

/**
 * Gives the MongoDB named by the environment, or starts an embedded one that keeps its files in the directory.
 * No test pulls the plug, so the embedded one does not wait for the disk. `transactionSeconds` is how long a transaction
 * lives whose client was killed.
 */
export async function startTestDatabase(
  directory: string,
  uri: string | undefined,
  transactionSeconds?: number,
): Promise<Database> {
  if (uri) return { uri, stop: async () => {} };
  const database = await startDatabase({ dir: directory, port: 0, transactionSeconds, durable: false });
  return { uri: database.uri, stop: () => database.close() };
}
