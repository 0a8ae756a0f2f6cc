import type { Model } from 'mongoose';

const BATCH = 1_000;

/**
 * Writes seed rows in batches; a row whose id is already there is left as it is, so that a seed can run again, on
 * data that people have changed since. `onRows` hears how many rows each batch took.
 */
export async function insertAll<Row>(
  model: Model<Row>,
  rows: Iterable<Row>,
  onRows: (count: number) => void = () => {},
): Promise<void> {
  let batch: Row[] = [];
  const flush = async () => {
    if (batch.length === 0) return;
    await insertNew(model, batch);
    onRows(batch.length);
    batch = [];
  };
  for (const row of rows) {
    batch.push(row);
    if (batch.length >= BATCH) await flush();
  }
  await flush();
}

/** The rows are ours and typed: the driver takes them without a mongoose document for each. */
async function insertNew<Row>(model: Model<Row>, rows: readonly Row[]): Promise<void> {
  try {
    await model.collection.insertMany(rows as never, { ordered: false });
  } catch (error) {
    const writeErrors = (error as { writeErrors?: { code: number }[] | { code: number } }).writeErrors;
    const all = writeErrors === undefined ? [] : [writeErrors].flat();
    if (all.length === 0 || all.some(({ code }) => code !== 11000)) throw error;
  }
}
