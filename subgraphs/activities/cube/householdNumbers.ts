import { insertAll } from '../../records/insertAll.ts';
import { LAST_NUMBER } from '../model/householdNumber.ts';
import type { Models } from '../model/models.ts';

/**
 * Gives the numbers of households, new ones to those that have none yet, in the order in which they come. Outside of any
 * transaction: of two that meet a household at once both get the number that was written first, and a number
 * stays when what it was wanted for is undone.
 */
export async function numbersOf(
  models: Models,
  households: Iterable<string>,
): Promise<ReadonlyMap<string, number>> {
  const ids = [...new Set(households)];
  const known = await read(models, ids);
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length === 0) return known;
  const first = await reserve(models, unknown.length);
  await insertAll(
    models.householdNumbers,
    unknown.map((_id, index) => ({ _id, number: first + index })),
  );
  return new Map([...known, ...(await read(models, unknown))]);
}

async function read({ householdNumbers }: Models, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await householdNumbers
    .find({ _id: { $in: ids } })
    .batchSize(ids.length + 1)
    .lean();
  return new Map(rows.map(({ _id, number }) => [_id, number]));
}

/** Sets so many numbers apart, and gives the first of them. */
async function reserve({ householdNumbers }: Models, count: number): Promise<number> {
  const last = await householdNumbers
    .findOneAndUpdate(
      { _id: LAST_NUMBER },
      { $inc: { number: count } },
      { upsert: true, returnDocument: 'after' },
    )
    .lean();
  return last.number - count + 1;
}
