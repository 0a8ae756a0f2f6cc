import { openConnections } from '../../database/connections.ts';
import { Closers } from '../../server/closers.ts';
import { readConfig } from '../../server/config.ts';
import type { Environment } from '../../server/secretFiles.ts';
import { StartError } from '../../server/startError.ts';
import { openDoor } from '../doors.ts';
import { type SubgraphName, subgraphNames } from '../registry.ts';

const usage =
  'Usage: npm run rebuild -- <subgraph> [cube], such as: npm run rebuild -- activities support (all cubes when none is named)';

/**
 * Builds the cubes of a subgraph anew from its rows, beside those that are read meanwhile, and lets everybody change over
 * at the end. It may run while the product runs.
 * @throws StartError when the arguments, the environment or the database is not right, or another process builds already.
 */
export async function rebuildCubes(
  args: readonly string[],
  env: Environment,
  terminal = false,
): Promise<void> {
  const [name, cube] = args;
  if (!isSubgraph(name) || args.length > 2) throw new StartError(usage);
  const config = readConfig(env, { subgraphs: subgraphNames, terminal });
  const closers = new Closers();
  await closers.closeOnFailure(async () => {
    const connections = await openConnections({ config, subgraphs: [name] });
    closers.add(connections.close);
    const door = await openDoor(name, { connection: connections.of(name), logUnexpected: () => {} });
    const built = await door.rebuild(cube);
    if (built.length === 0) {
      throw new StartError(
        `Nothing was built: ${name} has no such cube, or another process builds it. ${usage}`,
      );
    }
    process.stdout.write(`${name} built anew: ${built.join(', ')}.\n`);
  });
  await closers.close();
}

const isSubgraph = (name: string | undefined): name is SubgraphName =>
  (subgraphNames as readonly (string | undefined)[]).includes(name);
