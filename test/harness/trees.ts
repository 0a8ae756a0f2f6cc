import { buildTree, type SeedTree } from '../../database/seed/units/tree.ts';
import type { Volumes } from '../../database/seed/volumes.ts';

const trees = new Map<string, SeedTree>();

/**
 * Gives the seeded tree of a size, drawn once for all test files of a worker: drawing reads two lists of ten thousand places.
 * Nobody may change it.
 */
export function treeOf({ tree }: Pick<Volumes, 'tree'>): SeedTree {
  const size = JSON.stringify(tree);
  const drawn = trees.get(size) ?? buildTree({ tree });
  trees.set(size, drawn);
  return drawn;
}
