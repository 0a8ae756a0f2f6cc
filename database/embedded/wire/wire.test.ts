import type { mongo } from 'mongoose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BSON, errorOf, MongoClient, openTestDatabase, type TestDatabase } from '../testing/database.ts';
import { fuzz } from '../testing/fuzz.ts';
import { message, RawClient } from '../testing/raw-client.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(async () => {
  await database.stop();
  expect(database.reported).toEqual([]);
});

async function withRaw<T>(work: (raw: RawClient) => Promise<T>): Promise<T> {
  const raw = await RawClient.open(database.running.port);
  try {
    return await work(raw);
  } finally {
    raw.close();
  }
}

describe('hello', () => {
  test.each(['hello', 'isMaster', 'ismaster'])(
    '%s presents the primary of a replica set of one',
    async (name) => {
      const reply = await withRaw((raw) => raw.command({ [name]: 1, helloOk: true, $db: 'admin' }));
      const address = `127.0.0.1:${database.running.port}`;
      expect(reply).toMatchObject({
        [name === 'hello' ? 'isWritablePrimary' : 'ismaster']: true,
        helloOk: true,
        setName: 'rs0',
        hosts: [address],
        me: address,
        primary: address,
        secondary: false,
        logicalSessionTimeoutMinutes: 30,
        maxBsonObjectSize: 16777216,
        maxMessageSizeBytes: 48000000,
        maxWriteBatchSize: 100000,
        minWireVersion: 0,
        maxWireVersion: 21,
        ok: 1,
      });
    },
  );

  test.each(['/?directConnection=true', '/?replicaSet=rs0', '/', '/test?retryWrites=false&w=majority'])(
    'a client connects by %s',
    async (rest) => {
      const client = await MongoClient.connect(`mongodb://127.0.0.1:${database.running.port}${rest}`);
      expect(await client.db().command({ ping: 1 })).toMatchObject({ ok: 1 });
      await client.close();
    },
  );

  test('answers carry the cluster time', async () => {
    const reply = await database.db.command({ ping: 1 });
    expect(reply.operationTime).toBeInstanceOf(BSON.Timestamp);
    expect(reply.$clusterTime.clusterTime).toBeInstanceOf(BSON.Timestamp);
  });
});

describe('messages', () => {
  test('order within a connection is kept', async () => {
    await withRaw(async (raw) => {
      const insert = (n: number) => raw.command({ insert: 'order', documents: [{ _id: n }], $db: 'test' });
      const find = () => raw.command({ count: 'order', $db: 'test' });
      const answers = await Promise.all([insert(1), find(), insert(2), insert(3), find()]);
      expect(answers.map((answer) => answer.n)).toEqual([1, 1, 1, 1, 3]);
    });
  });

  test('no answer is sent where none is wanted', async () => {
    await withRaw(async (raw) => {
      raw.tell({ insert: 'silent', documents: [{ _id: 1 }], $db: 'test' });
      raw.tell({ nonsense: 1, $db: 'test' });
      expect(await raw.command({ count: 'silent', $db: 'test' })).toMatchObject({ n: 1 });
    });
  });

  test('a checksum is stepped over', async () => {
    await withRaw(async (raw) => {
      const bytes = Buffer.concat([message({ ping: 1, $db: 'admin' }, 7, 1), Buffer.alloc(4)]);
      bytes.writeInt32LE(bytes.length, 0);
      const answer = raw.command({ ping: 1, $db: 'admin' });
      raw.send(bytes);
      expect(await answer).toMatchObject({ ok: 1 });
    });
  });

  test('a message in single bytes', async () => {
    await withRaw(async (raw) => {
      const answer = raw.command({ ping: 1, $db: 'admin' });
      for (const byte of message({ buildInfo: 1, $db: 'admin' }, 8)) {
        raw.send(Buffer.from([byte]));
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect(await answer).toMatchObject({ ok: 1 });
    });
  });

  test.each<[string, Buffer]>([
    ['a length below the header', Buffer.from([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
    ['a length beyond 48 MB', Buffer.from([0, 0, 0, 0x7f, 0, 0, 0, 0, 0, 0, 0, 0, 0xdd, 7, 0, 0])],
    ['an unknown operation', Buffer.from([16, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 99, 0, 0, 0])],
    ['an unknown flag', message({ ping: 1, $db: 'admin' }, 1, 4)],
    ['HTTP', Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
    [
      'a broken document',
      (() => {
        const bytes = message({ ping: 1, $db: 'admin' }, 1);
        bytes.writeInt32LE(1000, 21);
        return bytes;
      })(),
    ],
  ])('%s closes that connection only', async (_name, bytes) => {
    await withRaw(async (other) => {
      const raw = await RawClient.open(database.running.port);
      raw.send(bytes);
      await raw.closed;
      expect(await other.command({ ping: 1, $db: 'admin' })).toMatchObject({ ok: 1 });
    });
  });

  test.each<[string, mongo.Document, number]>([
    ['no $db', { ping: 1 }, 40571],
    ['an unknown command', { nope: 1, $db: 'test' }, 59],
    ['an empty command', { $db: 'test' }, 59],
    ['an inherited name', { toString: 1, $db: 'test' }, 59],
    ['admin only', { listDatabases: 1, $db: 'test' }, 13],
  ])('%s is an error, not the end', async (_name, command, code) => {
    await withRaw(async (raw) => {
      expect(await raw.command(command)).toMatchObject({ ok: 0, code });
      expect(await raw.command({ ping: 1, $db: 'admin' })).toMatchObject({ ok: 1 });
    });
  });
});

describe('cursors', () => {
  let c: mongo.Collection<mongo.Document>;
  beforeAll(async () => {
    c = database.db.collection('cursors');
    await c.insertMany(
      Array.from({ length: 250 }, (_, i) => ({
        _id: i as unknown as mongo.ObjectId,
        text: 'x'.repeat(1000),
      })),
    );
  });
  const find = (command: mongo.Document) => database.db.command({ find: 'cursors', ...command });

  test.each<[string, mongo.Document, number, boolean]>([
    ['101 first', {}, 101, true],
    ['batchSize', { batchSize: 10 }, 10, true],
    ['batchSize 0', { batchSize: 0 }, 0, true],
    ['limit below the batch', { limit: 5 }, 5, false],
    ['limit as large as the batch', { limit: 10, batchSize: 10 }, 10, false],
    ['single batch', { batchSize: 10, singleBatch: true }, 10, false],
    ['skip', { skip: 200 }, 50, false],
    ['all, exactly', { batchSize: 250 }, 250, true],
    ['none', { filter: { _id: -1 } }, 0, false],
  ])('%s', async (_name, command, count, open) => {
    const { cursor } = await find(command);
    expect(cursor.firstBatch).toHaveLength(count);
    expect(cursor.ns).toBe('test.cursors');
    expect(BigInt(cursor.id.toString()) !== 0n).toBe(open);
    if (open) await database.db.command({ killCursors: 'cursors', cursors: [cursor.id] });
  });

  test('all documents over many batches, while others come and go', async () => {
    const cursor = c.find({ _id: { $lt: 1000 as unknown as mongo.ObjectId } }, { batchSize: 20 });
    const seen: unknown[] = [];
    for await (const doc of cursor) {
      seen.push(doc._id);
      if (seen.length === 50) await c.deleteOne({ _id: 150 as unknown as mongo.ObjectId });
    }
    expect(seen).toEqual(Array.from({ length: 250 }, (_, i) => i).filter((i) => i !== 150));
    await c.insertOne({ _id: 150 as unknown as mongo.ObjectId, text: '' });
  });

  test('a batch ends at 16 MB', async () => {
    const big = database.db.collection('big');
    for (let i = 0; i < 5; i++) await big.insertOne({ i, text: 'x'.repeat(5_000_000) });
    const { cursor } = await database.db.command({ find: 'big' });
    expect(cursor.firstBatch).toHaveLength(3);
    const more = await database.db.command({ getMore: cursor.id, collection: 'big' });
    expect(more.cursor.nextBatch).toHaveLength(2);
    expect(more.cursor.id.toString()).toBe('0');
  });

  test('an unknown cursor, another namespace, a dropped collection, a killed cursor', async () => {
    const getMore = (id: unknown, collection = 'cursors') =>
      errorOf(database.db.command({ getMore: id, collection }));
    expect(await getMore(BSON.Long.fromNumber(12345))).toMatchObject({ code: 43 });
    const { cursor } = await find({ batchSize: 1 });
    expect(await getMore(cursor.id, 'other')).toMatchObject({ code: 13 });
    const killed = await database.db.command({
      killCursors: 'cursors',
      cursors: [cursor.id, BSON.Long.fromNumber(5)],
    });
    expect(killed).toMatchObject({ cursorsKilled: [cursor.id], cursorsNotFound: [5] });
    expect(await getMore(cursor.id)).toMatchObject({ code: 43 });
    await database.db.collection('gone').insertMany([{}, {}, {}]);
    const gone = await database.db.command({ find: 'gone', batchSize: 1 });
    await database.db.dropCollection('gone');
    expect(await getMore(gone.cursor.id, 'gone')).toMatchObject({ code: 175 });
  });

  test('nobody asks for ten minutes: it is closed', async () => {
    const { cursor } = await find({ batchSize: 1 });
    database.running.engine.cursors.expire(Date.now() + 11 * 60_000);
    expect(await errorOf(database.db.command({ getMore: cursor.id, collection: 'cursors' }))).toMatchObject({
      code: 43,
    });
  });

  test('time is up', async () => {
    const slow = {
      $expr: {
        $eq: [
          { $reduce: { input: { $range: [0, 2000] }, initialValue: 0, in: { $add: ['$$value', '$$this'] } } },
          -1,
        ],
      },
    };
    const find = c.find({ ...slow, text: { $ne: null } }, { maxTimeMS: 1 });
    const group = c.aggregate([{ $match: slow }, { $group: { _id: null } }], { maxTimeMS: 1 });
    for (const cursor of [find, group]) expect(await errorOf(cursor.toArray())).toMatchObject({ code: 50 });
  });

  test('a session ends its cursors', async () => {
    const session = database.client.startSession();
    const cursor = c.find({}, { session, batchSize: 1 });
    await cursor.next();
    const before = database.running.engine.cursors.size;
    await session.endSession();
    await database.client.db('admin').command({ endSessions: [session.id] });
    expect(database.running.engine.cursors.size).toBe(before - 1);
  });
});

test('5,000 broken messages break nothing', { timeout: 60_000 }, async () => {
  const outcome = await fuzz(database.running.port, 5000, 1);
  expect(outcome.sent).toBe(5000);
  expect(await database.db.command({ ping: 1 })).toMatchObject({ ok: 1 });
  await expect.poll(() => database.running.engine.counters.connections).toBeLessThan(10);
});

test('a client that sends without reading is made to wait, and gets everything in the end', {
  timeout: 60_000,
}, async () => {
  const c = database.db.collection('unread');
  await c.insertMany(Array.from({ length: 10 }, (_, i) => ({ i, text: 'x'.repeat(1_000_000) })));
  await withRaw(async (raw) => {
    raw.pause();
    const answers = Array.from({ length: 10 }, () => raw.command({ find: 'unread', $db: 'test' }));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await database.db.command({ ping: 1 })).toMatchObject({ ok: 1 });
    raw.resume();
    for (const answer of await Promise.all(answers)) expect(answer.cursor.firstBatch).toHaveLength(10);
  });
});
