import { Closers } from '../server/closers.ts';
import { readConfig } from '../server/config.ts';
import { createLog } from '../server/log.ts';
import { createMetrics } from '../server/metrics.ts';
import type { Environment } from '../server/secretFiles.ts';
import type { Running } from '../server/serve.ts';
import { subgraphNames } from '../subgraphs/registry.ts';
import { type Base, openBase } from './base.ts';
import { refuseSyntheticRows } from './database.ts';
import type { Opening } from './graph.ts';
import { keysOf } from './keys.ts';
import { tellReady } from './ready.ts';

/**
 * Starts the whole graph: the embedded database (or MONGODB_URI), four subgraphs, the gateway; in one process, or with
 * WORKERS in several that share the port. Stops in the other order: requests, work, connections, database.
 * @throws StartError when the environment, the database, the supergraph or the port is not right.
 */
export async function startTogether(env: Environment, terminal = false): Promise<Running> {
  const config = readConfig(env, { subgraphs: subgraphNames, terminal });
  refuseSyntheticRows(config);
  const keys = keysOf(config);
  const log = createLog(config.logLevel, 'together');
  const closers = new Closers();
  return closers.closeOnFailure(async () => {
    const opening = { config, keys, log, closers, metrics: createMetrics() };
    const { base, url } = await (config.workers > 1 ? openSeveral(opening, terminal) : openOne(opening));
    tellReady({ base, url, log, terminal });
    return { url, stop: closers.close };
  });
}

interface Opened {
  readonly base: Base;
  readonly url: string;
}

async function openOne(opening: Opening): Promise<Opened> {
  const loading = import('./front.ts');
  loading.catch(() => {});
  const base = await openBase(opening);
  const { openFront } = await loading;
  const { url } = await openFront({ ...opening, config: base.config, doors: base.doors });
  return { base, url };
}

async function openSeveral(opening: Opening, terminal: boolean): Promise<Opened> {
  const { openWorkers } = await import('./workers/primary.ts');
  // A terminal that is closed sends SIGHUP too: then nothing is to go on.
  return openWorkers(opening, { rollsOnHangUp: !terminal });
}
