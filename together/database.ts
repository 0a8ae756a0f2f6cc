import { join } from 'node:path';
import { superviseDatabase } from '../database/embedded/supervise.ts';
import type { Closers } from '../server/closers.ts';
import type { Config } from '../server/config.ts';
import type { Log } from '../server/log.ts';
import { ConfigError, StartError } from '../server/startError.ts';
import { subgraphNames } from '../subgraphs/registry.ts';

/** Where the data is. */
export interface Place {
  /** The address of the embedded database; undefined when each subgraph has one of its own. */
  readonly uri: string | undefined;
  /** As a person would look for it. */
  readonly name: string;
}

const synthetic = new Set(['ci', 'demo', 'national']);

/**
 * On a database of somebody's own, only `npm run seed` writes rows that are not real.
 * @throws ConfigError when SEED asks for them there.
 */
export function refuseSyntheticRows({ seed, mongodbUri, mongodbUris, production }: Config): void {
  if (!synthetic.has(seed) || !(mongodbUri || mongodbUris.size > 0 || production)) return;
  const message = `was ${JSON.stringify(seed)}; it should be none or campaign with a MongoDB of your own or in production. To write synthetic rows there, run: SEED=${seed} npm run seed`;
  throw new ConfigError([{ variable: 'SEED', message }]);
}

/**
 * Gives the database of a configuration; starts the embedded one, and keeps it running, where none is named.
 * @throws StartError with what the embedded one said when it does not start.
 */
export async function openDatabase(config: Config, log: Log, closers: Closers): Promise<Place> {
  const everySubgraph = config.mongodbUris.size === subgraphNames.length;
  if (config.mongodbUri || everySubgraph) return { uri: config.mongodbUri, name: 'MONGODB_URI' };
  const dir = join(config.dataDir, 'database');
  const database = await superviseDatabase({
    dir,
    port: 0,
    log: (line) => log.warn({ line }, 'the database says'),
    onUnexpectedExit: (reason) => log.error({ reason }, 'the database ended and is started again'),
  }).catch((cause: Error) => {
    throw new StartError(`DATA_DIR: the embedded database in ${dir} did not start: ${cause.message}`, {
      cause,
    });
  });
  closers.add(() => database.stop());
  return { uri: database.uri, name: dir };
}
