import type { LoadOptions } from '../../subgraphs/subgraph.ts';
import { expectedRows, type ProgressTarget, progressBar } from './progress.ts';
import { type SeedDoors, seed } from './seed.ts';
import { type SeedSize, volumes } from './volumes.ts';

/**
 * Fills the databases behind the doors to a size, with a progress bar, and builds the cubes unless they are left to the
 * doors. Gives the subgraphs that took rows.
 */
export async function fill(
  doors: SeedDoors,
  size: Exclude<SeedSize, 'none'>,
  target: ProgressTarget,
  cubes?: LoadOptions['cubes'],
): Promise<string[]> {
  const bar = progressBar(expectedRows(volumes[size]), target);
  const { onRows, onCounted } = bar;
  const taken = await seed({ doors, name: size, volumes: volumes[size], onRows, onCounted, cubes });
  bar.end();
  return taken;
}
