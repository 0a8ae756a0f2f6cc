import { Closers } from '../../server/closers.ts';
import { readConfig } from '../../server/config.ts';
import { createLog } from '../../server/log.ts';
import type { Environment } from '../../server/secretFiles.ts';
import { StartError } from '../../server/startError.ts';
import { openDoors } from '../../subgraphs/doors.ts';
import { subgraphNames } from '../../subgraphs/registry.ts';
import { openConnections } from '../connections.ts';
import { fill } from './fill.ts';

/**
 * Fills the databases of MONGODB_URI with a seed of the size SEED, migrating them first; the only way for synthetic rows
 * into them.
 * @throws StartError when no size is named, or a database cannot be used.
 */
export async function seedAll(env: Environment, terminal = false): Promise<void> {
  const config = readConfig(env, { subgraphs: subgraphNames, terminal });
  const { seed: name } = config;
  if (name === 'none') {
    throw new StartError(
      'SEED: is not set; say what to write: campaign, ci, demo or national. For example: SEED=demo npm run seed',
    );
  }
  const log = createLog(config.logLevel, 'seed');
  const closers = new Closers();
  await closers.closeOnFailure(async () => {
    const connections = await openConnections({ config, subgraphs: subgraphNames });
    closers.add(connections.close);
    const doors = await openDoors((subgraph) => ({
      connection: connections.of(subgraph),
      logUnexpected: (error, request) => log.error({ ...request, error }, 'unexpected error'),
    }));
    // Cubes are built in the order of indexes.
    for (const subgraph of subgraphNames) await doors[subgraph].migrate();
    const taken = await fill(doors, name, process.stderr);
    log.info({ seed: name, taken }, taken.length > 0 ? 'the seed is written' : 'the seed was there already');
  });
  await closers.close();
}
