import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { GraphError } from '../server/errors.ts';
import { readViewer, VIEWER_HEADER } from '../server/viewer.ts';
import type { Feed } from './records/feed/feed.ts';

/** The scope of whoever may read a subgraph's events: other subgraphs, never a client. */
export const FEED_SCOPE = 'feed:read';
export const FEED_PATH = '/events';

const MAX_WAIT_MS = 10_000;
const number = z
  .string()
  .regex(/^\d{1,15}$/u)
  .transform(Number);
const question = z.object({
  after: number,
  limit: number.pipe(z.number().min(1).max(1_000)),
  waitMs: number.pipe(z.number().max(MAX_WAIT_MS)),
});

/**
 * Serves a subgraph's events at `GET /events?after=…&limit=…&waitMs=…` to whoever carries a viewer signed for it. An
 * empty list comes after `waitMs`; an event that happens meanwhile comes at once.
 */
export function serveFeed(app: FastifyInstance, feed: Feed, viewerKey: string): void {
  const ending = new AbortController();
  app.addHook('preClose', async () => ending.abort());
  app.get(FEED_PATH, async (request, reply) => {
    const header = request.headers[VIEWER_HEADER];
    const viewer = readViewer(typeof header === 'string' ? header : undefined, viewerKey, Date.now());
    if (!viewer?.scopes.includes(FEED_SCOPE)) {
      throw new GraphError('UNAUTHENTICATED', `Events are read by subgraphs, which sign for ${FEED_SCOPE}.`);
    }
    const asked = question.safeParse(request.query);
    if (!asked.success) {
      throw new GraphError(
        'BAD_REQUEST',
        'after, limit (1 to 1,000) and waitMs (at most 10,000) are whole numbers.',
      );
    }
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const signal = AbortSignal.any([ending.signal, gone.signal]);
    return { events: await feed.events({ ...asked.data, signal }) };
  });
}
