import { openConnections } from '../database/connections.ts';
import { Closers } from '../server/closers.ts';
import { readConfig } from '../server/config.ts';
import type { Environment } from '../server/secretFiles.ts';
import { type Doors, openDoor } from './doors.ts';
import { type SubgraphName, subgraphNames } from './registry.ts';

/**
 * Does an administrator's work on one subgraph from the command line: opens its door over the database that the environment
 * names, and closes everything after the work, whatever became of it.
 * @throws StartError when the environment or the database is not right, and what the work throws.
 */
export async function withDoor(
  name: SubgraphName,
  { env, terminal }: { readonly env: Environment; readonly terminal: boolean },
  work: (door: Doors[SubgraphName]) => Promise<void>,
): Promise<void> {
  const config = readConfig(env, { subgraphs: subgraphNames, terminal });
  const closers = new Closers();
  await closers.closeOnFailure(async () => {
    const connections = await openConnections({ config, subgraphs: [name] });
    closers.add(connections.close);
    await work(await openDoor(name, { connection: connections.of(name), logUnexpected: () => {} }));
  });
  await closers.close();
}
