import { randomUUID } from 'node:crypto';
import type { ClientSession, Connection, Model, mongo } from 'mongoose';
import type { Journal } from '../command/journal.ts';
import { positionOf } from '../feed/consumer.ts';
import { giveLease, LEASE_MS, takeLease } from '../feed/lease.ts';
import { SEQUENCER } from '../feed/sequencer.ts';
import { inTransaction } from '../inTransaction.ts';
import { CellBuilder, type OpenCell } from './builder.ts';
import type { AnyCube, CountedRow } from './definition.ts';
import { cellRow } from './recount.ts';
import { type CubeState, otherShelf, type Shelf, type ShelfName } from './shelf.ts';

export interface Rebuild<Models> {
  readonly connection: Connection;
  readonly subgraph: string;
  readonly journal: Journal;
  readonly models: Models;
  readonly cube: AnyCube<Models>;
  readonly shelves: Readonly<Record<ShelfName, Shelf>>;
  readonly states: Model<CubeState>;
  /** Hears how many rows were counted since the last call. */
  readonly onRows?: ((count: number) => void) | undefined;
}

const BATCH = 1_000;
const TRIES = 5;

/**
 * Builds a cube anew on its free shelf from the rows as they are, and then lets readers and the follower of events change
 * over by one write. It may run while everything else does: rows that change during the build have events after the
 * position noted at its beginning, and are counted again from there. Units that move meanwhile tell no events of rows:
 * then the build begins anew. Says false when another process is building.
 */
export async function rebuild<Models>(work: Rebuild<Models>): Promise<boolean> {
  const lease = `cube:${work.cube.name}`;
  const holder = randomUUID();
  const { positions } = work.journal;
  if (!(await takeLease(positions, lease, holder))) return false;
  const renewing = setInterval(() => takeLease(positions, lease, holder).catch(() => {}), LEASE_MS / 3);
  try {
    for (let tried = 0; tried < TRIES; tried += 1) if (await buildOnce(work, { lease, holder })) return true;
    throw new Error(`The cube ${work.cube.name} could not be built: units kept moving.`);
  } finally {
    clearInterval(renewing);
    await giveLease(positions, lease, holder);
  }
}

interface Held {
  readonly lease: string;
  readonly holder: string;
}

async function buildOnce<Models>(work: Rebuild<Models>, held: Held): Promise<boolean> {
  const { cube, journal, shelves, states, connection } = work;
  const state = await states.findById(cube.name).lean();
  const shelf = shelves[state ? otherShelf(state.shelf) : 'a'];
  const told = await seqOf(journal, SEQUENCER);
  const moved = await seqOf(journal, positionOf('units'));
  await shelf.cells.deleteMany({});
  await shelf.counted.deleteMany({});
  await countAll(work, shelf);
  return inTransaction(connection, async (session) => {
    if (!(await touch(journal, held.lease, { holder: held.holder }, session)))
      throw new Error(`Another process builds the cube ${cube.name}.`);
    if (cube.unitId && moved > 0 && !(await touch(journal, positionOf('units'), { seq: moved }, session)))
      return false;
    const next = {
      shelf: shelf.name,
      shape: cube.shape,
      built: (state?.built ?? 0) + 1,
      builtAt: new Date(),
    };
    await states.updateOne({ _id: cube.name }, { $set: next }, { session, upsert: true });
    await goBackTo(work, told, session);
    return true;
  });
}

const seqOf = async ({ positions }: Journal, work: string): Promise<number> =>
  (await positions.findById(work, { seq: 1 }).lean())?.seq ?? 0;

/**
 * Says whether a position is as expected, and writes it: a follower whose transaction began before this one must not commit
 * after it, for it would have counted on the shelf that nobody reads any more.
 */
async function touch(
  { positions }: Journal,
  work: string,
  expected: object,
  session: ClientSession,
): Promise<boolean> {
  const { matchedCount } = await positions.collection.updateOne(
    { _id: work as never, ...expected },
    { $set: { touchedAt: new Date() } },
    { session },
  );
  return matchedCount === 1;
}

/** Lets the follower count again what was told since; one that is further behind stays where it is. */
const goBackTo = <Models>({ journal, subgraph }: Rebuild<Models>, seq: number, session: ClientSession) =>
  journal.positions.collection.updateOne(
    { _id: positionOf(subgraph) as never },
    {
      $min: { seq },
      $set: { touchedAt: new Date() },
      $setOnInsert: { holder: null, until: new Date(), caughtUpAt: null },
    },
    { session, upsert: true },
  );

async function countAll<Models>({ cube, models, onRows }: Rebuild<Models>, shelf: Shelf): Promise<void> {
  const builder = new CellBuilder();
  const add = builder.adder(1);
  const rows = cube
    .rows(models)
    .find({}, cube.fields)
    .sort({ [cube.path]: 1 })
    .lean()
    .cursor({ batchSize: BATCH });
  const count = async (found: readonly CountedRow[]) => {
    const whole = cube.complete ? await cube.complete(models, found, undefined) : found;
    for (const row of whole) cube.count(row, add);
    await insert(shelf.counted, whole);
    onRows?.(whole.length);
  };
  let batch: CountedRow[] = [];
  for await (const row of rows) {
    batch.push(row as CountedRow);
    if (batch.length < BATCH) continue;
    await count(batch);
    await insert(shelf.cells, builder.takeLeft(row[cube.path]).map(toRow(cube)));
    batch = [];
  }
  await count(batch);
  await insert(shelf.cells, builder.takeAll().map(toRow(cube)));
}

const toRow = (cube: AnyCube) => (cell: OpenCell) => cellRow(cube, cell);

async function insert(model: Shelf['cells'] | Shelf['counted'], rows: readonly object[]): Promise<void> {
  const collection = model.collection as unknown as mongo.Collection;
  for (let from = 0; from < rows.length; from += BATCH)
    await collection.insertMany(rows.slice(from, from + BATCH) as mongo.OptionalId<mongo.Document>[], {
      ordered: false,
    });
}
