import type { Model } from 'mongoose';
import type { PositionRow } from '../command/journal.ts';
import { isDuplicateKey } from '../databaseErrors.ts';

/** How long a holder that was killed keeps others waiting. */
export const LEASE_MS = 10_000;

/**
 * Takes or renews the right to do one piece of work, so that of several processes one does it. Gives where the work
 * stands, or null while another process has it. Clocks decide only who may try: what is written under a lease checks
 * the holder in the same transaction. `caughtUp` notes beside, without a write of its own, that all was done until now.
 */
export async function takeLease(
  positions: Model<PositionRow>,
  work: string,
  holder: string,
  caughtUp = false,
): Promise<PositionRow | null> {
  const now = new Date();
  const free = { _id: work, $or: [{ holder }, { holder: null }, { until: { $lt: now } }] };
  try {
    return (await positions.collection.findOneAndUpdate(
      free as never,
      {
        $set: { holder, until: new Date(now.getTime() + LEASE_MS), ...(caughtUp ? { caughtUpAt: now } : {}) },
        $setOnInsert: { seq: 0, ...(caughtUp ? {} : { caughtUpAt: null }) },
      },
      { upsert: true, returnDocument: 'after' },
    )) as PositionRow | null;
  } catch (error) {
    // The upsert of a held lease runs into the _id: somebody else works.
    if (isDuplicateKey(error)) return null;
    throw error;
  }
}

/** Gives the work back, so that another process need not wait. */
export async function giveLease(positions: Model<PositionRow>, work: string, holder: string): Promise<void> {
  await positions.updateOne({ _id: work, holder }, { $set: { holder: null } });
}
