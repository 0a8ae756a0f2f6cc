import type { Config } from '../server/config.ts';
import type { Log } from '../server/log.ts';
import type { Metrics } from '../server/metrics.ts';
import type { Doors } from '../subgraphs/doors.ts';
import { type SubgraphName, subgraphNames } from '../subgraphs/registry.ts';
import { openDatabase } from './database.ts';
import type { Opening } from './graph.ts';
import { operations } from './schema.ts';

/** What stands behind the HTTP side, once for all processes of it. */
export interface Base {
  /** The configuration, with the address of the database. */
  readonly config: Config;
  readonly doors: Doors;
  /** Where the data is, for people. */
  readonly place: string;
  /** The key of the demo partner; null where there is none. */
  readonly partnerKey: string | null;
}

/**
 * Opens what stands behind the HTTP side: the database, migrated and seeded, the doors over it, what goes on behind
 * these without being asked, and in development a partner.
 * @throws StartError when the database cannot be used.
 */
export async function openBase(opening: Opening): Promise<Base> {
  // The code takes a second to load: the database starts meanwhile.
  const loading = Promise.all([import('./graph.ts'), import('../gateway/partners/demo.ts')]);
  loading.catch(() => {});
  const { closers, log, metrics } = opening;
  const { uri, name: place } = await openDatabase(opening.config, log, closers);
  const config = { ...opening.config, mongodbUri: uri };
  const [{ openGraph }, { demoKey }] = await loading;
  const doors = await openGraph({ ...opening, config });
  await Promise.all(subgraphNames.map((name) => doors[name].migrate()));
  await fill(doors, config);
  closers.add(startWork(doors, log, metrics));
  return { config, doors, place, partnerKey: demoKey(config, operations) };
}

async function fill(doors: Doors, { seed }: Config): Promise<void> {
  if (seed === 'none') return;
  const { fill: fillTo } = await import('../database/seed/fill.ts');
  // The first answers need not wait for the cubes: until they stand, the rows themselves are read.
  await fillTo(doors, seed, process.stderr, 'LATER');
}

/** Starts what goes on behind the doors; gives what stops it. Feeds are read by a function call. */
function startWork(doors: Doors, log: Log, metrics: Metrics): () => Promise<void> {
  for (const name of subgraphNames) metrics.watchEvents(name, doors[name].status);
  const works = subgraphNames.map((name) =>
    doors[name].start({
      feedOf: (source) => doors[source as SubgraphName],
      onError: (error, work) =>
        log.warn({ error, subgraph: name, work }, 'work behind a door failed and is tried again'),
    }),
  );
  return async () => {
    await Promise.all(works.map((work) => work.stop()));
  };
}
