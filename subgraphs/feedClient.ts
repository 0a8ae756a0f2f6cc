import { Pool } from 'undici';
import { feedPage } from '../schema/events.ts';
import { publicViewer, signViewer, VIEWER_HEADER } from '../server/viewer.ts';
import { FEED_PATH, FEED_SCOPE } from './feedRoute.ts';
import type { Feed } from './records/feed/feed.ts';

export interface HttpFeedOptions {
  /** Where the owner answers: any address on its origin. */
  readonly url: string;
  readonly viewerKey: string;
  /** Who reads, for the owner's log. */
  readonly reader: string;
}

/** How much longer than it may wait an answer may take. */
const PATIENCE_MS = 10_000;

/** Reads a subgraph's feed over HTTP. What does not have the shape of schema/events.ts is refused, not applied. */
export function httpFeed({ url, viewerKey, reader }: HttpFeedOptions): Feed & { close: () => Promise<void> } {
  const pool = new Pool(new URL(url).origin, { connections: 1, pipelining: 1 });
  const viewer = { ...publicViewer, subject: `subgraph:${reader}`, scopes: [FEED_SCOPE] };
  return {
    events: async ({ after, limit, waitMs, signal }) => {
      const patience = AbortSignal.timeout(waitMs + PATIENCE_MS);
      const { statusCode, body } = await pool.request({
        path: FEED_PATH,
        method: 'GET',
        query: { after, limit, waitMs },
        headers: { [VIEWER_HEADER]: signViewer(viewer, viewerKey, Date.now()) },
        signal: signal ? AbortSignal.any([signal, patience]) : patience,
      });
      const text = await body.text();
      if (statusCode !== 200)
        throw new Error(`the feed of ${url} answered ${statusCode}: ${text.slice(0, 500)}`);
      return feedPage.parse(JSON.parse(text)).events;
    },
    close: () => pool.destroy(),
  };
}
