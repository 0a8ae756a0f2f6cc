import type { FastifyInstance } from 'fastify';

/** What `/health/ready` says: whether to send requests here, and which parts are up. */
export interface Readiness {
  readonly ready: boolean;
  /** Why not, for people. */
  readonly reason?: string;
  readonly subgraphs?: Readonly<Record<string, 'up' | 'down'>>;
  /** What else an operator wants to see; it does not decide. */
  readonly details?: object;
}

/**
 * `/health/live`: the process answers. `/health/ready`: it wants requests; 503 while it does not, and from the first
 * moment of shutting down.
 */
export function serveHealth(
  app: FastifyInstance,
  readiness: () => Promise<Readiness>,
  isDraining: () => boolean,
): void {
  app.get('/health/live', () => ({ status: 'live' }));
  app.get('/health/ready', async (_request, reply) => {
    const { ready, ...rest }: Readiness = isDraining()
      ? { ready: false, reason: 'shutting down' }
      : await readiness();
    void reply.code(ready ? 200 : 503).header('cache-control', 'no-store');
    return { status: ready ? 'ready' : 'not ready', ...rest };
  });
}
