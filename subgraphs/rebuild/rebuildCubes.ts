import type { Environment } from '../../server/secretFiles.ts';
import { StartError } from '../../server/startError.ts';
import { isSubgraph } from '../registry.ts';
import { withDoor } from '../withDoor.ts';

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
  await withDoor(name, { env, terminal }, async (door) => {
    const built = await door.rebuild(cube);
    if (built.length === 0) {
      throw new StartError(
        `Nothing was built: ${name} has no such cube, or another process builds it. ${usage}`,
      );
    }
    process.stdout.write(`${name} built anew: ${built.join(', ')}.\n`);
  });
}
