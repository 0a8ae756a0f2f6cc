import { expectedRows, type ProgressTarget, progressBar } from './progress.ts';
import { type SeedDoors, seed } from './seed.ts';
import { type SeedSize, volumes } from './volumes.ts';

/** Fills the databases behind the doors to a size, with a progress bar. Gives the subgraphs that took rows. */
export async function fill(
  doors: SeedDoors,
  size: Exclude<SeedSize, 'none'>,
  target: ProgressTarget,
): Promise<string[]> {
  const bar = progressBar(expectedRows(volumes[size]), target);
  const taken = await seed({ doors, name: size, volumes: volumes[size], onRows: bar.onRows });
  bar.end();
  return taken;
}
