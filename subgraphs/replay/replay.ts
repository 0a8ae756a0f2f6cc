import type { Environment } from '../../server/secretFiles.ts';
import { StartError } from '../../server/startError.ts';
import { isSubgraph } from '../registry.ts';
import { withDoor } from '../withDoor.ts';

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
  await withDoor(name, { env, terminal }, async (door) => {
    const { follows } = await door.status();
    if (!follows.some((follow) => follow.source === source)) {
      const followed = follows.map((follow) => follow.source).join(', ') || 'nobody';
      throw new StartError(`${name} does not follow ${source}; it follows ${followed}. ${usage}`);
    }
    await door.replay(source, Number(after));
  });
  process.stdout.write(`${name} reads the events of ${source} again from after ${after}.\n`);
}
