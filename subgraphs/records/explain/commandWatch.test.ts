import { randomUUID } from 'node:crypto';
import { type Connection, createConnection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CommandWatch } from './commandWatch.ts';
import { explainCommands } from './explainCommands.ts';

let connection: Connection;
let watched: CommandWatch;
const things = () => connection.collection<{ _id: number; kind: string }>('things');

beforeAll(async () => {
  connection = await createConnection(inject('mongodbUri'), {
    dbName: `test_${randomUUID().slice(0, 8)}`,
    monitorCommands: true,
    maxPoolSize: 2,
  }).asPromise();
  await things().createIndex({ kind: 1 });
  await things().insertMany(Array.from({ length: 9 }, (_, _id) => ({ _id, kind: _id % 2 ? 'odd' : 'even' })));
  watched = new CommandWatch(connection);
});
afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
});

/** What was sent: name, documents returned or changed, and how often more was fetched. */
async function sentBy(work: () => Promise<unknown>): Promise<(readonly [string, number | null, number])[]> {
  const { commands } = await watched.watch(work);
  return commands.map(({ name, returned, getMores }) => [name, returned, getMores]);
}

describe('the commands of an operation', () => {
  it.each<[string, () => Promise<unknown>, (readonly [string, number | null, number])[]]>([
    ['one answer', () => things().find({ kind: 'odd' }).toArray(), [['find', 4, 0]]],
    [
      'a cursor that is fetched in parts is one command',
      () => things().find({}, { batchSize: 3 }).toArray(),
      [['find', 9, 3]],
    ],
    [
      'an aggregate and a count',
      async () => {
        await things()
          .aggregate([{ $group: { _id: '$kind' } }])
          .toArray();
        await things().estimatedDocumentCount();
      },
      [
        ['aggregate', 2, 0],
        ['count', 9, 0],
      ],
    ],
    ['distinct values', () => things().distinct('kind'), [['distinct', 2, 0]]],
    [
      'writes',
      async () => {
        await things().updateMany({ kind: 'odd' }, { $set: { kind: 'odd' } });
        await things().findOneAndUpdate({ _id: 0 }, { $set: { kind: 'even' } });
        await things().deleteMany({ _id: 99 });
      },
      [
        ['update', 4, 0],
        ['findAndModify', 1, 0],
        ['delete', 0, 0],
      ],
    ],
    [
      'one that failed',
      () =>
        things()
          .find({ $nonsense: 1 } as never)
          .toArray()
          .catch(() => {}),
      [['find', null, 0]],
    ],
  ])('%s', async (_, work, sent) => {
    expect(await sentBy(work)).toEqual(sent);
  });

  it('do not mix with those of others, on a pool that is smaller than their number', async () => {
    const counts = Array.from({ length: 20 }, (_, index) => (index % 5) + 1);
    const all = await Promise.all(
      counts.map((count) =>
        sentBy(() => Promise.all(Array.from({ length: count }, (_, _id) => things().findOne({ _id })))),
      ),
    );
    expect(all.map((sent) => sent.length)).toEqual(counts);
  });

  it('are explained without being counted themselves, and a failed one is not explained', async () => {
    const { result, commands } = await watched.watch(async () => {
      const { commands: inner } = await watched.watch(() =>
        Promise.allSettled([
          things().find({ kind: 'odd' }).sort({ _id: -1 }).toArray(),
          things()
            .find({ $nonsense: 1 } as never)
            .toArray(),
        ]),
      );
      return inner;
    });
    expect(commands).toEqual([]);
    const [found, failed] = await explainCommands(connection, result, undefined);
    expect(found).toMatchObject({
      collection: 'things',
      command: 'find',
      filter: { kind: '?' },
      sort: { _id: -1 },
      index: 'kind_1',
      keysExamined: 4,
      documentsExamined: 4,
      returned: 4,
    });
    expect(failed).toMatchObject({
      index: null,
      keysExamined: null,
      documentsExamined: null,
      returned: null,
    });
  });
});
