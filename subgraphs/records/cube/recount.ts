import { isDeepStrictEqual } from 'node:util';
import type { ClientSession, mongo } from 'mongoose';
import { CellBuilder, type OpenCell } from './builder.ts';
import type { AnyCube, CountedRow } from './definition.ts';
import { type CellRow, type CountedAs, cellId, type Shelf } from './shelf.ts';
import { addInto, isNothing, type OpenSums } from './sums.ts';

interface Recount<Models> {
  readonly cube: AnyCube<Models>;
  readonly models: Models;
  readonly shelf: Shelf;
  readonly session: ClientSession;
}

/**
 * Counts rows as they are now, inside a transaction: takes away what was counted of each before, adds what it is, and
 * notes what it was counted as. Doing it again changes nothing, so that it does not matter how often, or for which of its
 * events, a row is brought here. Rows that are gone are taken away.
 */
export async function recount<Models>(work: Recount<Models>, ids: readonly string[]): Promise<void> {
  const { cube, models, shelf, session } = work;
  const _id = { $in: [...new Set(ids)] };
  const found = await cube.rows(models).find({ _id }, cube.fields, { session }).lean<CountedRow[]>();
  const rows = cube.complete ? await cube.complete(models, found, session) : found;
  const before = await shelf.counted.find({ _id }, {}, { session }).lean<CountedAs[]>();
  const now = new Map(rows.map((row) => [row._id as string, row]));
  const then = new Map(before.map((row) => [row._id, row]));
  const changed = _id.$in.filter((id) => !isDeepStrictEqual(now.get(id), then.get(id)));
  if (changed.length === 0) return;
  const builder = new CellBuilder();
  for (const id of changed) {
    if (then.has(id)) cube.count(then.get(id), builder.adder(-1));
    if (now.has(id)) cube.count(now.get(id), builder.adder(1));
  }
  await writeDeltas(
    work,
    builder.takeAll().filter(({ sums }) => !isNothing(sums)),
  );
  await (shelf.counted.collection as unknown as mongo.Collection<CountedAs>).bulkWrite(
    changed.map((id) => {
      const row = now.get(id);
      return row
        ? { replaceOne: { filter: { _id: id }, replacement: { ...row }, upsert: true } }
        : { deleteOne: { filter: { _id: id } } };
    }),
    { session },
  );
}

/** Reads the cells, adds, and writes them back: within a transaction nobody can come between. */
async function writeDeltas<Models>(
  { cube, shelf, session }: Recount<Models>,
  deltas: readonly OpenCell[],
): Promise<void> {
  if (deltas.length === 0) return;
  const byId = new Map(deltas.map((delta) => [cellId(delta.name), delta]));
  const stored = await shelf.cells
    .find({ _id: { $in: [...byId.keys()] } }, {}, { session })
    .batchSize(byId.size + 1)
    .lean<CellRow[]>();
  const known = new Map(stored.map((cell) => [cell._id, cell]));
  await (shelf.cells.collection as unknown as mongo.Collection<CellRow>).bulkWrite(
    [...byId].map(([_id, delta]) => {
      const sums = sumsOf(cube, known.get(_id), delta);
      addInto(sums, delta.sums, 1);
      return sums.rows
        ? { replaceOne: { filter: { _id }, replacement: cellRow(cube, { ...delta, sums }), upsert: true } }
        : { deleteOne: { filter: { _id } } };
    }),
    { session },
  );
}

/** The sums of a stored cell: all its fields but the keys; what is derived from them is derived again. */
function sumsOf({ packing }: AnyCube, stored: CellRow | undefined, { keys }: OpenCell): OpenSums {
  if (!stored) return {};
  if (packing) return { rows: stored.rows, ...(packing.unpack(stored) as OpenSums) };
  const { _id, derived: _derived, ...fields }: Record<string, unknown> = stored;
  for (const key of Object.keys(keys)) delete fields[key];
  return fields as OpenSums;
}

/** Gives a cell as it is stored. */
export const cellRow = ({ derive, packing }: AnyCube, { name, keys, sums }: OpenCell): CellRow =>
  ({
    _id: cellId(name),
    ...keys,
    ...(packing ? { rows: sums.rows, ...packing.pack(sums) } : sums),
    ...(derive ? { derived: derive(sums) } : {}),
  }) as CellRow;
