import cluster from 'node:cluster';
import type { Meter } from '../../gateway/limits/meter.ts';
import { Closers } from '../../server/closers.ts';
import { createLog } from '../../server/log.ts';
import { createMetrics } from '../../server/metrics.ts';
import type { Served } from '../../server/serve.ts';
import { StartError } from '../../server/startError.ts';
import { keysOf } from '../keys.ts';
import { type Peer, peerOf } from './channel.ts';
import type { Asked, Shared, Told } from './protocol.ts';

type Primary = Peer<Shared & Told>;

/** Answers requests beside other workers, until the primary says otherwise; when that is gone, this ends too (node:cluster). */
export async function runWorker(): Promise<void> {
  if (!cluster.worker) throw new StartError('The program starts this by itself. Say WORKERS=2 npm start');
  const closers = new Closers();
  const metrics = createMetrics();
  let served: Served | undefined;
  const asked: Asked = {
    counts: () => metrics.registry.getMetricsAsJSON(),
    leave: async () => {
      await served?.leave();
      await closers.close();
    },
    stop: closers.close,
  };
  const primary: Primary = peerOf(cluster.worker, { ...asked });
  try {
    served = await open(primary, closers, { ...metrics, text: () => primary.ask('metrics') });
    await primary.ask('ready', served.url);
  } catch (error) {
    const forPeople = error instanceof StartError;
    const { message, stack = message } = error as Error;
    await primary.ask('failed', { message: forPeople ? message : stack, forPeople });
    process.exit(1);
  }
}

async function open(
  primary: Primary,
  closers: Closers,
  metrics: ReturnType<typeof createMetrics>,
): Promise<Served> {
  // The code takes a second to load: the primary opens the database meanwhile.
  const loading = Promise.all([import('../graph.ts'), import('../front.ts')]);
  loading.catch(() => {});
  const config = await primary.ask('opening');
  const [{ openGraph }, { openFront }] = await loading;
  const log = createLog(config.logLevel, 'together').child({ worker: process.pid });
  const opening = { config, keys: keysOf(config), closers, log, metrics };
  const doors = await openGraph(opening);
  return openFront({ ...opening, doors, meter: sharedMeter(primary) });
}

/** Counts at the primary, so that it is the same whichever worker is asked. */
const sharedMeter = (primary: Primary): Meter => ({
  take: (quota, who, points) => primary.ask('take', quota, who, points),
  standing: (quota, who) => primary.ask('standing', quota, who),
  close: () => {},
});
