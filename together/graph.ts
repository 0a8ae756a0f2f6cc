import { openConnections } from '../database/connections.ts';
import type { Closers } from '../server/closers.ts';
import type { Config } from '../server/config.ts';
import type { Log } from '../server/log.ts';
import type { Metrics } from '../server/metrics.ts';
import { type Doors, openDoors } from '../subgraphs/doors.ts';
import { subgraphNames } from '../subgraphs/registry.ts';
import type { Keys } from './keys.ts';

/** What every part of the layout is opened with. */
export interface Opening {
  /** With the address of the database, and the port where it is known. */
  readonly config: Config;
  readonly keys: Keys;
  readonly closers: Closers;
  readonly log: Log;
  readonly metrics: Metrics;
}

/**
 * Connects to the database and opens the four doors over it.
 * @throws StartError when the database cannot be used.
 */
export async function openGraph({ config, keys, closers, log, metrics }: Opening): Promise<Doors> {
  const connections = await openConnections({ config, subgraphs: subgraphNames, metrics });
  closers.add(connections.close);
  return openDoors((name) => ({
    connection: connections.of(name),
    monitored: () => connections.monitored(name),
    secrets: keys.secrets.get(name),
    logUnexpected: (error, request) => log.error({ ...request, error }, 'unexpected error'),
  }));
}
