import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { createMeter } from '../../gateway/limits/meter.ts';
import { Closers } from '../../server/closers.ts';
import type { Config } from '../../server/config.ts';
import { type Base, openBase } from '../base.ts';
import type { Opening } from '../graph.ts';
import type { Shared } from './protocol.ts';
import { Sum } from './sum.ts';
import { Workers } from './workers.ts';

/**
 * Opens the base in this process, and the HTTP side over it in as many others as WORKERS says. What they do together is
 * done here: counting how often somebody asks, adding up the metrics, the work behind the doors. They load while the
 * database starts. SIGHUP exchanges them one after the other, where that is wanted.
 * @throws StartError when the database, the supergraph or the port cannot be used.
 */
export async function openWorkers(
  opening: Opening,
  { rollsOnHangUp }: { rollsOnHangUp: boolean },
): Promise<{ readonly base: Base; readonly url: string }> {
  const { config, closers, log, metrics } = opening;
  const meter = createMeter({ redisUrl: config.redisUrl, log });
  closers.add(async () => meter.close());
  // Closed after the workers, whichever is opened first.
  const behind = new Closers();
  closers.add(behind.close);
  const opened = openBase({ ...opening, closers: behind });
  const told = opened.then(async ({ config: known }) => ({ ...known, port: await portOf(known) }));
  told.catch(() => {});
  const sum = new Sum(metrics.registry);
  const shared: Shared = {
    opening: () => told,
    take: meter.take,
    standing: meter.standing,
    metrics: async () => {
      await workers.count();
      return sum.text();
    },
  };
  const { workers: count, drainTimeoutMs } = config;
  const workers = new Workers({ count, shared, sum, drainTimeoutMs, log });
  closers.add(workers.stop);
  const [base, url] = await Promise.all([opened, workers.start()]);
  if (rollsOnHangUp) closers.add(onHangUp(() => void workers.roll()));
  return { base, url };
}

/**
 * The port of all workers. Where any will do, one that is free just now: port 0 would be another one for a worker that
 * starts when no other is left.
 */
async function portOf({ port, host }: Pick<Config, 'port' | 'host'>): Promise<number | undefined> {
  if (port !== 0) return port;
  const server = createServer().listen(0, host);
  try {
    await once(server, 'listening');
  } catch {
    // The workers say what is wrong with the host.
    return port;
  }
  const free = (server.address() as AddressInfo).port;
  server.close();
  await once(server, 'close');
  return free;
}

function onHangUp(act: () => void): () => Promise<void> {
  process.on('SIGHUP', act);
  return async () => void process.off('SIGHUP', act);
}
