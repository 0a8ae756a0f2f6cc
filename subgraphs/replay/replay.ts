import { openConnections } from '../../database/connections.ts';
import { Closers } from '../../server/closers.ts';
import { readConfig } from '../../server/config.ts';
import type { Environment } from '../../server/secretFiles.ts';
import { StartError } from '../../server/startError.ts';
import { openDoor } from '../doors.ts';
import { type SubgraphName, subgraphNames } from '../registry.ts';

const usage =
  'Usage: npm run replay -- <subgraph> <source> [after], such as: npm run replay -- awards units 0';

/**
 * Lets a subgraph read the events of another one again, from after a position (0: from the first). It goes on from there
 * by itself when it runs; copies take only what is newer than they are.
 * @throws StartError when the arguments, the environment or the database is not right.
 */
export async function replay(args: readonly string[], env: Environment, terminal = false): Promise<void> {
  const [name, source, after = '0'] = args;
  if (!isSubgraph(name) || !isSubgraph(source) || !/^\d{1,15}$/u.test(after)) throw new StartError(usage);
  const config = readConfig(env, { subgraphs: subgraphNames, terminal });
  const closers = new Closers();
  await closers.closeOnFailure(async () => {
    const connections = await openConnections({ config, subgraphs: [name] });
    closers.add(connections.close);
    const door = await openDoor(name, { connection: connections.of(name), logUnexpected: () => {} });
    const { follows } = await door.status();
    if (!follows.some((follow) => follow.source === source)) {
      const followed = follows.map((follow) => follow.source).join(', ') || 'nobody';
      throw new StartError(`${name} does not follow ${source}; it follows ${followed}. ${usage}`);
    }
    await door.replay(source, Number(after));
  });
  await closers.close();
  process.stdout.write(`${name} reads the events of ${source} again from after ${after}.\n`);
}

const isSubgraph = (name: string | undefined): name is SubgraphName =>
  (subgraphNames as readonly (string | undefined)[]).includes(name);
