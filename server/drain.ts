import { Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { GraphError } from './errors.ts';
import type { Log } from './log.ts';

/** Knows the running requests of a server, and ends it when they are answered. */
export interface Drain {
  readonly isDraining: () => boolean;
  /** Whether connections shall end with their next answer: while draining, and while leaving. */
  readonly isClosing: () => boolean;
  /** Counts a request that is being answered; gives how to say that it is answered. */
  readonly enter: () => () => void;
  /**
   * Leaves the port to the other processes that listen on it: takes no more connections, and answers what comes on the
   * open ones. Resolves when each has ended with its next answer, or the time allowed has passed; then {@link run}.
   */
  readonly leave: (app: FastifyInstance) => Promise<void>;
  /** Stops taking requests, waits for the running ones as long as allowed, closes the port. */
  readonly run: (app: FastifyInstance) => Promise<void>;
}

export function createDrain(timeoutMs: number, log: Log): Drain {
  let running = 0;
  let draining = false;
  let leaving = false;
  let wake = () => {};

  const leave = () => {
    running -= 1;
    if (running === 0) wake();
  };

  // The port stays open while requests run: a load balancer that asks is told 503 rather than nothing.
  const settled = async (): Promise<void> => {
    if (running === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  };

  return {
    isDraining: () => draining,
    isClosing: () => draining || leaving,
    enter: () => {
      running += 1;
      return leave;
    },
    leave: async (app) => {
      leaving = true;
      await endOfConnections(app, timeoutMs);
    },
    run: async (app) => {
      draining = true;
      await settled();
      if (running > 0) log.warn({ running }, 'DRAIN_TIMEOUT has passed; requests are cut off');
      const closed = app.close();
      app.server.closeAllConnections();
      await closed;
    },
  };
}

/** Node's HTTP server would also cut the idle connections off, on which a client may be sending just now. */
async function endOfConnections({ server }: FastifyInstance, timeoutMs: number): Promise<void> {
  const patience = new AbortController();
  const ended = new Promise<void>((resolve) => Server.prototype.close.call(server, () => resolve()));
  const impatient = sleep(timeoutMs, undefined, { signal: patience.signal }).catch(() => {});
  await Promise.race([ended, impatient]);
  patience.abort();
}

/** What is said to whoever asks meanwhile. */
export const shuttingDown = (): GraphError =>
  new GraphError('SHUTTING_DOWN', 'This server is shutting down; ask again, another one will answer.');
