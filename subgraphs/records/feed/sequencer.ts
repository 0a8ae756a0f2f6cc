import type { ClientSession, Connection, Model, mongo } from 'mongoose';
import type { Journal, OutboxRow } from '../command/journal.ts';
import { inTransaction } from '../inTransaction.ts';
import { takeLease } from './lease.ts';

const BATCH = 500;
export const SEQUENCER = 'sequencer';

type Streamed = mongo.Collection<{ _id: string; seq?: number }>;

export interface SequencerOptions {
  readonly connection: Connection;
  readonly journal: Journal;
  // biome-ignore lint/suspicious/noExplicitAny: only `seq` is read and written
  readonly models: readonly Model<any>[];
  readonly holder: string;
}

/**
 * Makes the step that gives committed events their `seq`, and their records the place in the public stream of changes.
 * Numbers are given after commit by the one holder of a lease: given before, a slow transaction would commit a number
 * that readers have already passed (HOUSE, Decisions, Events). Says 'idle' when nothing waits, or another process does it.
 */
export function sequencer(options: SequencerOptions): () => Promise<'more' | 'idle'> {
  const { connection, journal, holder } = options;
  const streams = options.models.filter((model) => model.schema.path('seq') !== undefined);
  return async () => {
    // Looking costs no write: a lease is taken only where there is work.
    if (!(await journal.outbox.exists({ pending: true }))) return 'idle';
    if (!(await takeLease(journal.positions, SEQUENCER, holder))) return 'idle';
    const numbered = await inTransaction(connection, (session) => numberBatch(options, streams, session));
    return numbered < BATCH ? 'idle' : 'more';
  };
}

async function numberBatch(
  { journal, holder }: SequencerOptions,
  streams: SequencerOptions['models'],
  session: ClientSession,
): Promise<number> {
  const pending = await journal.outbox
    .find({ pending: true }, { entityId: 1, version: 1, stream: 1 }, { session })
    .sort({ at: 1, _id: 1 })
    .limit(BATCH)
    .lean<OutboxRow[]>();
  if (pending.length === 0) return 0;
  const last = Math.max(
    await lastGiven(journal, session),
    ...(await Promise.all(streams.map((model) => lastSeq(model, session)))),
  );
  const rows = inOrder(pending).map((row, index) => ({ ...row, seq: last + index + 1 }));
  const { matchedCount } = await journal.positions.updateOne(
    { _id: SEQUENCER, holder },
    { $set: { seq: last + rows.length } },
    { session },
  );
  if (matchedCount !== 1) return 0;
  await journal.outbox.collection.bulkWrite(
    rows.map(({ _id, seq }) => ({
      updateOne: { filter: { _id: _id as never }, update: { $set: { seq }, $unset: { pending: true } } },
    })),
    { session },
  );
  for (const model of streams) await stamp(model, rows, session);
  return rows.length;
}

/** Clocks of several processes may disagree: the events of one record keep the order of its versions all the same. */
function inOrder(rows: readonly OutboxRow[]): OutboxRow[] {
  const byEntity = new Map<string, OutboxRow[]>();
  for (const row of rows) byEntity.set(row.entityId, [...(byEntity.get(row.entityId) ?? []), row]);
  for (const own of byEntity.values()) own.sort((a, b) => b.version - a.version);
  return rows.map(({ entityId }) => byEntity.get(entityId)?.pop() as OutboxRow);
}

const lastGiven = async ({ positions }: Journal, session: ClientSession): Promise<number> =>
  (await positions.findOne({ _id: SEQUENCER }, { seq: 1 }, { session }).lean())?.seq ?? 0;

/** Rows that a seed brought have numbers of their own; new ones go on from the highest. */
async function lastSeq(model: SequencerOptions['models'][number], session: ClientSession): Promise<number> {
  const [row] = await model
    .find({ seq: { $gt: 0 } }, { seq: 1 }, { session })
    .sort({ seq: -1 })
    .limit(1)
    .lean<{ seq: number }[]>();
  return row?.seq ?? 0;
}

/** A record keeps its old place until it gets the new one, so that a reader always finds it. */
async function stamp(
  model: SequencerOptions['models'][number],
  rows: readonly (OutboxRow & { readonly seq: number })[],
  session: ClientSession,
): Promise<void> {
  const places = new Map(
    rows.filter(({ stream }) => stream === model.collection.name).map(({ entityId, seq }) => [entityId, seq]),
  );
  if (places.size === 0) return;
  await (model.collection as unknown as Streamed).bulkWrite(
    [...places].map(([_id, seq]) => ({ updateOne: { filter: { _id }, update: { $set: { seq } } } })),
    { session },
  );
}
