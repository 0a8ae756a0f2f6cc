import type { ClientSession, Connection } from 'mongoose';
import type { DomainEvent } from '../../../schema/events.ts';
import type { Journal } from '../command/journal.ts';
import { inTransaction } from '../inTransaction.ts';
import type { Feed } from './feed.ts';
import { takeLease } from './lease.ts';

/** What a subgraph does with the events of another one. */
export interface Follow<Models> {
  /** The subgraph whose feed is read. */
  readonly source: string;
  /**
   * Brings the copies, and what was computed from them, to where the events are; inside the transaction that also
   * moves the position. Events may come again: only a higher version of a record counts.
   */
  readonly apply: (
    models: Models,
    events: readonly DomainEvent[],
    session: ClientSession,
    today: string,
  ) => Promise<void>;
  /** The ids of the records of `source` by which `apply` moves rows: those of the events, and whoever follows these. */
  readonly moving?: (
    models: Models,
    events: readonly DomainEvent[],
    session: ClientSession,
  ) => Promise<readonly string[]>;
}

export interface ConsumerOptions<Models> {
  readonly connection: Connection;
  readonly journal: Journal;
  readonly models: Models;
  readonly follow: Follow<Models>;
  readonly feed: Feed;
  readonly holder: string;
  readonly signal: AbortSignal;
  readonly today: () => string;
}

const BATCH = 200;
/** Shorter than half a lease, which is renewed before each question; long enough that little is written at rest. */
const WAIT_MS = 4_000;

export const positionOf = (source: string): string => `from:${source}`;

/**
 * Makes the step that reads a feed and applies what is new. Position and copies are written in one transaction that
 * checks the lease: whatever is killed, an event is applied as if once, and none is passed over.
 */
export function consumer<Models>(options: ConsumerOptions<Models>): () => Promise<'more' | 'idle'> {
  const { journal, follow, feed, holder, signal } = options;
  const work = positionOf(follow.source);
  let caughtUp = false;
  return async () => {
    const position = await takeLease(journal.positions, work, holder, caughtUp);
    caughtUp = false;
    if (!position) return 'idle';
    const events = await feed.events({ after: position.seq, limit: BATCH, waitMs: WAIT_MS, signal });
    const applied = await applyAll(options, position.seq, events);
    caughtUp = applied && events.length < BATCH;
    return 'more';
  };
}

/** Applies events and moves the position; says false when somebody took over or set it back: then it is read again. */
async function applyAll<Models>(
  { connection, journal, follow, models, holder, today }: ConsumerOptions<Models>,
  seq: number,
  events: readonly DomainEvent[],
): Promise<boolean> {
  const last = events.at(-1);
  if (!last) return true;
  return inTransaction(connection, async (session) => {
    const moved = await journal.positions.updateOne(
      { _id: positionOf(follow.source), holder, seq },
      { $set: { seq: last.seq } },
      { session },
    );
    if (moved.matchedCount !== 1) return false;
    await follow.apply(models, events, session, today());
    return true;
  });
}
