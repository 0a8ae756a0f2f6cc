import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose, { type mongo } from 'mongoose';
import { startProgram, uriOf } from './processes.ts';
import { median, type Table } from './table.ts';

const SIZES = [1_000, 1_000_000] as const;
const READS = 2_000;
const BATCH = 10_000;

/** Measures whether an indexed read of the embedded database grows with its collection: 1,000 against 1,000,000 documents. */
export async function benchGrowth(env: Readonly<Record<string, string | undefined>>): Promise<Table[]> {
  const directory = await mkdtemp(join(tmpdir(), 'bench-growth-'));
  const program = startProgram(
    'database',
    ['database/embedded/main.ts', '--port', '0', '--dir', directory],
    {},
    env,
  );
  try {
    const client = await new mongoose.mongo.MongoClient(await uriOf(program)).connect();
    const collections = SIZES.map((size) => client.db('growth').collection(`c${size}`));
    for (const [index, size] of SIZES.entries()) await fill(collections[index], size);
    const times: number[][] = SIZES.map(() => []);
    // Interleaved, so that the machine's mood hits both alike.
    for (let read = 0; read < READS; read += 1) {
      for (const [index, size] of SIZES.entries()) times[index]?.push(await timed(collections[index], size));
    }
    await client.close();
    const [small = 0, large = 0] = times.map(median);
    return [
      {
        title: 'An indexed find of 20 documents, median milliseconds',
        columns: ['documents', 'ms', 'ratio', 'goal'],
        rows: [
          [String(SIZES[0]), small.toFixed(3), '', ''],
          [String(SIZES[1]), large.toFixed(3), (large / small).toFixed(2), '≤ 1.5'],
        ],
      },
    ];
  } finally {
    await program.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function fill(collection: mongo.Collection | undefined, size: number): Promise<void> {
  await collection?.createIndex({ group: 1 });
  for (let from = 0; from < size; from += BATCH) {
    const length = Math.min(BATCH, size - from);
    // Twenty documents share a group, spread over the collection as they would come in over time.
    await collection?.insertMany(
      Array.from({ length }, (_, index) => ({ group: (from + index) % (size / 20), text: 'x'.repeat(60) })),
    );
  }
}

async function timed(collection: mongo.Collection | undefined, size: number): Promise<number> {
  const group = Math.floor(Math.random() * (size / 20));
  const begun = performance.now();
  const found = await collection?.find({ group }, { batchSize: 21 }).toArray();
  if (found?.length !== 20) throw new Error(`20 documents expected, ${found?.length} found`);
  return performance.now() - begun;
}
