import type { Journal } from '../command/journal.ts';
import { positionOf } from './consumer.ts';
import { SEQUENCER } from './sequencer.ts';

/** How far behind one copy is. */
export interface FeedStatus {
  /** The subgraph whose events are followed. */
  readonly source: string;
  /** The last event applied. */
  readonly position: number;
  /** Seconds since this subgraph last knew that it had everything; null before the first time. */
  readonly lagSeconds: number | null;
}

/** How a subgraph's own events and its copies of others stand. */
export interface JournalStatus {
  /** Events committed and not yet numbered, so that nobody has read them. */
  readonly pending: number;
  readonly lastSeq: number;
  readonly follows: readonly FeedStatus[];
}

/** A reading that waits for the next event is up to date; it says so every few seconds. */
const FRESH_S = 10;

/** Reads how the events stand, by two commands. */
export async function journalStatus(
  { outbox, positions }: Journal,
  sources: readonly string[],
): Promise<JournalStatus> {
  const [pending, rows] = await Promise.all([
    outbox.countDocuments({ pending: true }),
    positions.find().lean(),
  ]);
  const byId = new Map(rows.map((row) => [row._id, row]));
  return {
    pending,
    lastSeq: byId.get(SEQUENCER)?.seq ?? 0,
    follows: sources.map((source) => {
      const row = byId.get(positionOf(source));
      const age = row?.caughtUpAt ? (Date.now() - row.caughtUpAt.getTime()) / 1_000 : null;
      return {
        source,
        position: row?.seq ?? 0,
        lagSeconds: age === null ? null : age < FRESH_S ? 0 : Math.round(age),
      };
    }),
  };
}
