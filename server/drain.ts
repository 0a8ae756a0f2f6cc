import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Log } from './log.ts';

/** Knows the running requests of a server, and ends it when they are answered. */
export interface Drain {
  readonly isDraining: () => boolean;
  readonly enter: (response: ServerResponse) => void;
  /** Stops taking requests, waits for the running ones as long as allowed, closes the port. */
  readonly run: (app: FastifyInstance) => Promise<void>;
}

export function createDrain(timeoutMs: number, log: Log): Drain {
  const running = new Set<ServerResponse>();
  let draining = false;
  let wake = () => {};

  const leave = (response: ServerResponse) => {
    running.delete(response);
    if (running.size === 0) wake();
  };

  // The port stays open while requests run: a load balancer that asks is told 503 rather than nothing.
  const settled = async (): Promise<void> => {
    if (running.size === 0) return;
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
    enter: (response) => {
      running.add(response);
      response.once('close', () => leave(response));
    },
    run: async (app) => {
      draining = true;
      await settled();
      if (running.size > 0)
        log.warn({ running: running.size }, 'DRAIN_TIMEOUT has passed; requests are cut off');
      const closed = app.close();
      app.server.closeAllConnections();
      await closed;
    },
  };
}
