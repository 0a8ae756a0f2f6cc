import { Closers } from '../../server/closers.ts';
import { readConfig } from '../../server/config.ts';
import { createLog } from '../../server/log.ts';
import type { Environment } from '../../server/secretFiles.ts';
import { openDoors } from '../../subgraphs/doors.ts';
import { subgraphNames } from '../../subgraphs/registry.ts';
import { openConnections } from '../connections.ts';

/**
 * Brings the databases of all four subgraphs to where this code needs them: indexes and migrations, under a lock.
 * @throws StartError when a database cannot be used.
 */
export async function migrateAll(env: Environment, terminal = false): Promise<void> {
  const config = readConfig(env, { subgraphs: subgraphNames, terminal });
  const log = createLog(config.logLevel, 'migrate');
  const closers = new Closers();
  await closers.closeOnFailure(async () => {
    const connections = await openConnections({ config, subgraphs: subgraphNames });
    closers.add(connections.close);
    const doors = await openDoors((name) => ({
      connection: connections.of(name),
      logUnexpected: (error, request) => log.error({ ...request, error }, 'unexpected error'),
    }));
    for (const name of subgraphNames) {
      await doors[name].migrate();
      log.info({ subgraph: name }, 'the database is up to date');
    }
  });
  await closers.close();
}
