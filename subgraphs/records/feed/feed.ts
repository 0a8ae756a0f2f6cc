import type { DomainEvent } from '../../../schema/events.ts';
import type { Journal, OutboxRow } from '../command/journal.ts';
import type { Wake } from './wake.ts';

export interface FeedQuestion {
  /** The `seq` that was read last; 0 is from the beginning. */
  readonly after: number;
  /** At most 1,000. */
  readonly limit: number;
  /** How long to wait for an event when there is none, in milliseconds. */
  readonly waitMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** How the events of a subgraph are read: in the same process, or over HTTP. */
export interface Feed {
  readonly events: (question: FeedQuestion) => Promise<readonly DomainEvent[]>;
}

const MAX_LIMIT = 1_000;
/** Another process may have numbered events: nobody tells this one, so that it looks. */
const LOOK_MS = 500;

/** Makes the feed over a subgraph's own outbox. `numbered` is called whenever events got their numbers. */
export const feedOf = ({ outbox }: Journal, numbered: Wake): Feed => ({
  events: async ({ after, limit, waitMs, signal }) => {
    const end = performance.now() + waitMs;
    for (;;) {
      const rows = await outbox
        .find({ seq: { $gt: after } })
        .sort({ seq: 1 })
        .limit(Math.min(limit, MAX_LIMIT))
        .lean<OutboxRow[]>();
      const left = end - performance.now();
      if (rows.length > 0 || left <= 0 || signal?.aborted) return rows.map(eventOf);
      await numbered.wait(Math.min(left, LOOK_MS), signal);
    }
  },
});

const eventOf = ({ _id, seq = 0, type, entityId, version, action, at, copy }: OutboxRow): DomainEvent => ({
  seq,
  id: _id,
  type,
  entityId,
  version,
  action,
  at: at.toISOString(),
  copy: copy as DomainEvent['copy'],
});
