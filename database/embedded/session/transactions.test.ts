import type { mongo } from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { BSON, errorOf, openTestDatabase, type TestDatabase } from '../testing/database.ts';
import { RawClient } from '../testing/raw-client.ts';

let database: TestDatabase;
let c: mongo.Collection<mongo.Document>;
let made = 0;
const id = (n: unknown) => n as mongo.ObjectId;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(async () => {
  await database.stop();
  expect(database.reported).toEqual([]);
});
beforeEach(async () => {
  c = database.db.collection(`c${++made}`);
  await c.insertMany([
    { _id: id(1), a: 1 },
    { _id: id(2), a: 2 },
  ]);
  await c.createIndex({ a: 1 });
});

async function inTransaction<T>(work: (session: mongo.ClientSession) => Promise<T>): Promise<T> {
  const session = database.client.startSession();
  session.startTransaction();
  try {
    return await work(session);
  } finally {
    await session.endSession();
  }
}

describe('what a transaction sees', () => {
  test('its own writes, by scan, by index and in order; others see them after the commit', async () => {
    await inTransaction(async (session) => {
      await c.insertOne({ _id: id(3), a: 0 }, { session });
      await c.updateOne({ a: 2 }, { $set: { a: 5 } }, { session });
      await c.deleteOne({ a: 1 }, { session });
      const expected = [
        { _id: 3, a: 0 },
        { _id: 2, a: 5 },
      ];
      expect(await c.find({}, { session }).sort({ a: 1 }).toArray()).toEqual(expected);
      expect(
        await c
          .find({ a: { $gte: 0 } }, { session })
          .sort({ a: 1 })
          .toArray(),
      ).toEqual(expected);
      expect(await c.find({ _id: id(3) }, { session }).toArray()).toHaveLength(1);
      expect(await c.find({ _id: id(1) }, { session }).toArray()).toHaveLength(0);
      expect(await c.countDocuments({}, { session })).toBe(2);
      expect(
        await c.aggregate([{ $group: { _id: null, sum: { $sum: '$a' } } }], { session }).toArray(),
      ).toEqual([{ _id: null, sum: 5 }]);
      expect(await c.find().sort({ _id: 1 }).toArray()).toEqual([
        { _id: 1, a: 1 },
        { _id: 2, a: 2 },
      ]);
      await session.commitTransaction();
      expect(await c.find().sort({ a: 1 }).toArray()).toEqual(expected);
      expect(await c.find({ a: 5 }).toArray()).toEqual([{ _id: 2, a: 5 }]);
    });
  });

  test('nothing that was committed after its snapshot', async () => {
    await inTransaction(async (session) => {
      expect(await c.countDocuments({}, { session })).toBe(2);
      await c.insertOne({ _id: id(3), a: 3 });
      await c.updateOne({ _id: id(1) }, { $set: { a: 100 } });
      await c.deleteOne({ _id: id(2) });
      expect(await c.find({}, { session }).toArray()).toEqual([
        { _id: 1, a: 1 },
        { _id: 2, a: 2 },
      ]);
      expect(await c.find({ a: { $gt: 50 } }, { session }).toArray()).toEqual([]);
      expect(await c.distinct('a', {}, { session })).toEqual([1, 2]);
      await session.abortTransaction();
    });
  });

  test('documents it inserted and then changed or removed', async () => {
    await inTransaction(async (session) => {
      await c.insertOne({ _id: id(3), a: 3 }, { session });
      await c.updateOne({ _id: id(3) }, { $inc: { a: 1 } }, { session });
      await c.insertOne({ _id: id(4), a: 9 }, { session });
      await c.deleteOne({ _id: id(4) }, { session });
      await c.insertOne({ _id: id(4), a: 10 }, { session });
      await session.commitTransaction();
    });
    expect(await c.find({ _id: { $gt: id(2) } }).toArray()).toEqual([
      { _id: 3, a: 4 },
      { _id: 4, a: 10 },
    ]);
  });

  test('a cursor over many batches stays in the snapshot', async () => {
    await c.insertMany(Array.from({ length: 300 }, (_, i) => ({ _id: id(100 + i), a: 100 + i })));
    await inTransaction(async (session) => {
      const cursor = c.find({ a: { $gte: 100 } }, { session, batchSize: 50 });
      expect(await cursor.next()).toMatchObject({ a: 100 });
      await c.deleteMany({ a: { $gte: 200 } });
      expect(await cursor.toArray()).toHaveLength(299);
      await session.abortTransaction();
    });
  });
});

describe('conflicts', () => {
  test('a document changed since the snapshot: 112, the transaction is over', async () => {
    await inTransaction(async (session) => {
      await c.findOne({}, { session });
      await c.updateOne({ _id: id(1) }, { $set: { a: 7 } });
      const error = await errorOf(c.updateOne({ _id: id(1) }, { $set: { a: 8 } }, { session }));
      expect(error.code).toBe(112);
      expect(error.hasErrorLabel('TransientTransactionError')).toBe(true);
      const next = await errorOf(c.findOne({}, { session }));
      expect(next.code).toBe(251);
      expect(next.hasErrorLabel('TransientTransactionError')).toBe(true);
    });
    expect(await c.findOne({ _id: id(1) })).toMatchObject({ a: 7 });
  });

  test('two transactions on one document: the second gets 112', async () => {
    await inTransaction((one) =>
      inTransaction(async (other) => {
        await c.updateOne({ _id: id(1) }, { $set: { a: 7 } }, { session: one });
        expect(
          await errorOf(c.updateOne({ _id: id(1) }, { $set: { a: 8 } }, { session: other })),
        ).toMatchObject({ code: 112 });
        await one.commitTransaction();
      }),
    );
    expect(await c.findOne({ _id: id(1) })).toMatchObject({ a: 7 });
  });

  test('two transactions on one unique key', async () => {
    await inTransaction((one) =>
      inTransaction(async (other) => {
        await c.insertOne({ _id: id(9) }, { session: one });
        expect(await errorOf(c.insertOne({ _id: id(9) }, { session: other }))).toMatchObject({ code: 112 });
        await one.commitTransaction();
      }),
    );
  });

  test('a duplicate key ends the transaction', async () => {
    await inTransaction(async (session) => {
      await c.insertOne({ _id: id(3) }, { session });
      expect(await errorOf(c.insertOne({ _id: id(1) }, { session }))).toMatchObject({ code: 11000 });
      expect(await errorOf(session.commitTransaction())).toMatchObject({ code: 251 });
    });
    expect(await c.countDocuments()).toBe(2);
  });

  test('a write outside waits until the transaction has ended', async () => {
    await inTransaction(async (session) => {
      await c.updateOne({ _id: id(1) }, { $set: { a: 7 } }, { session });
      let done = false;
      const outside = c.updateOne({ _id: id(1) }, { $inc: { a: 1 } }).then(() => {
        done = true;
      });
      await c.updateOne({ _id: id(2) }, { $set: { b: 1 } });
      expect(done).toBe(false);
      await session.commitTransaction();
      await outside;
    });
    expect(await c.findOne({ _id: id(1) })).toMatchObject({ a: 8 });
  });

  test('withTransaction runs again until both have counted', async () => {
    const add = () =>
      database.client.withSession((session) =>
        session.withTransaction(async () => {
          const doc = await c.findOne({ _id: id(1) }, { session });
          await c.updateOne({ _id: id(1) }, { $set: { a: (doc?.a ?? 0) + 1 } }, { session });
        }),
      );
    await Promise.all(Array.from({ length: 8 }, add));
    expect(await c.findOne({ _id: id(1) })).toMatchObject({ a: 9 });
  });
});

describe('definitions inside', () => {
  test('collections and their indexes are made by the commit', async () => {
    const name = `${c.collectionName}_new`;
    await inTransaction(async (session) => {
      await database.db.createCollection(name, { session });
      await database.db.collection(name).createIndex({ x: 1 }, { unique: true, session });
      await database.db.collection(name).insertOne({ x: 1 }, { session });
      expect(await database.db.listCollections({ name }).toArray()).toEqual([]);
      await session.commitTransaction();
    });
    expect((await database.db.collection(name).indexes()).map((index) => index.name)).toEqual([
      '_id_',
      'x_1',
    ]);
    expect(await errorOf(database.db.collection(name).insertOne({ x: 1 }))).toMatchObject({ code: 11000 });
    expect(await database.db.collection(name).find({ x: 1 }).explain('executionStats')).toMatchObject({
      executionStats: { totalKeysExamined: 1 },
    });
  });

  test('an index on a collection that was there is refused', async () => {
    await inTransaction(async (session) => {
      expect(await errorOf(c.createIndex({ z: 1 }, { session }))).toMatchObject({ code: 263 });
    });
  });

  test.each([
    [
      'count',
      (session: mongo.ClientSession) =>
        c.estimatedDocumentCount({ session } as mongo.EstimatedDocumentCountOptions),
    ],
    ['drop', (session: mongo.ClientSession) => database.db.command({ drop: c.collectionName }, { session })],
    [
      'listCollections',
      (session: mongo.ClientSession) => database.db.command({ listCollections: 1 }, { session }),
    ],
  ])('%s is refused', async (_name, work) => {
    await inTransaction(async (session) => {
      await c.findOne({}, { session });
      expect(await errorOf(work(session))).toMatchObject({ code: 263 });
    });
  });
});

describe('ends and repetitions', () => {
  let raw: RawClient;
  beforeAll(async () => {
    raw = await RawClient.open(database.running.port);
  });
  afterAll(() => raw.close());

  const lsid = () => ({ id: new BSON.UUID().toBinary() });
  const run = (command: mongo.Document, $db = 'test') => raw.command({ ...command, $db });
  const admin = (command: mongo.Document) => run(command, 'admin');
  const part = (session: mongo.Document, number: number, first = false) => ({
    lsid: session,
    txnNumber: BSON.Long.fromNumber(number),
    autocommit: false,
    ...(first && { startTransaction: true }),
  });
  const insert = (doc: mongo.Document, more: mongo.Document) =>
    run({ insert: c.collectionName, documents: [doc], ...more });

  test('a commit may be sent again, an abort after it not', async () => {
    const session = lsid();
    expect(await insert({ _id: 5 }, part(session, 1, true))).toMatchObject({ ok: 1, n: 1 });
    expect(await admin({ commitTransaction: 1, ...part(session, 1) })).toMatchObject({ ok: 1 });
    expect(await admin({ commitTransaction: 1, ...part(session, 1) })).toMatchObject({ ok: 1 });
    expect(await admin({ abortTransaction: 1, ...part(session, 1) })).toMatchObject({ ok: 0, code: 256 });
    expect(await insert({ _id: 6 }, part(session, 1))).toMatchObject({ ok: 0, code: 256 });
  });

  test.each<[string, (session: mongo.Document) => Promise<mongo.Document>, number]>([
    ['a commit of nothing', (session) => admin({ commitTransaction: 1, ...part(session, 4) }), 251],
    ['a part without a start', (session) => insert({ _id: 6 }, part(session, 4)), 251],
    ['an older number', (session) => insert({ _id: 6 }, part(session, 2, true)), 225],
    ['the same number again', (session) => insert({ _id: 6 }, part(session, 3, true)), 117],
    ['a number without a session', () => insert({ _id: 6 }, { txnNumber: BSON.Long.fromNumber(1) }), 72],
    [
      'a start without autocommit',
      (session) =>
        insert({ _id: 6 }, { lsid: session, txnNumber: BSON.Long.fromNumber(9), startTransaction: true }),
      72,
    ],
    [
      'a write concern inside',
      (session) => insert({ _id: 6 }, { ...part(session, 3), writeConcern: { w: 1 } }),
      72,
    ],
    [
      'a read concern later',
      (session) => run({ find: c.collectionName, ...part(session, 3), readConcern: { level: 'snapshot' } }),
      72,
    ],
    ['a commit first', (session) => admin({ commitTransaction: 1, ...part(session, 4, true) }), 263],
    [
      'a number outside of a transaction where nothing is retried',
      (session) => run({ count: c.collectionName, lsid: session, txnNumber: BSON.Long.fromNumber(9) }),
      50768,
    ],
    ['the config database', (session) => run({ find: 'settings', ...part(session, 4, true) }, 'config'), 263],
    [
      'a level of reading that transactions have not',
      (session) =>
        run({ find: c.collectionName, ...part(session, 4, true), readConcern: { level: 'available' } }),
      72,
    ],
    ['a level of reading for a write', () => insert({ _id: 6 }, { readConcern: { level: 'snapshot' } }), 72],
  ])('%s', async (_name, work, code) => {
    const session = lsid();
    await insert({ _id: 5 }, part(session, 3, true));
    expect(await work(session)).toMatchObject({ ok: 0, code });
    await admin({ abortTransaction: 1, ...part(session, 3) });
  });

  test('a concern that is refused leaves the transaction open', async () => {
    const session = lsid();
    await insert({ _id: 5 }, part(session, 3, true));
    const find = { find: c.collectionName, ...part(session, 3), readConcern: { level: 'majority' } };
    expect(await run(find)).toMatchObject({ ok: 0, code: 72 });
    expect(await admin({ commitTransaction: 1, ...part(session, 3) })).toMatchObject({ ok: 1 });
  });

  test('a write waits for a transaction no longer than its time', async () => {
    const session = lsid();
    await insert({ _id: 5 }, part(session, 3, true));
    expect(await insert({ _id: 5 }, { maxTimeMS: 20 })).toMatchObject({ ok: 0, code: 50 });
    await admin({ abortTransaction: 1, ...part(session, 3) });
    expect(await c.findOne({ _id: id(5) })).toBeNull();
  });

  test('a retryable write is done once and answered twice', async () => {
    const session = lsid();
    const retry = { lsid: session, txnNumber: BSON.Long.fromNumber(1) };
    const inc = { update: c.collectionName, updates: [{ q: { _id: 1 }, u: { $inc: { a: 1 } } }], ...retry };
    expect(await run(inc)).toMatchObject({ ok: 1, n: 1, nModified: 1 });
    expect(await run(inc)).toMatchObject({ ok: 1, n: 1, nModified: 1 });
    expect(await c.findOne({ _id: id(1) })).toMatchObject({ a: 2 });
    const second = { ...retry, txnNumber: BSON.Long.fromNumber(2) };
    const remove = { findAndModify: c.collectionName, query: { _id: 2 }, remove: true, ...second };
    expect((await run(remove)).value).toEqual({ _id: 2, a: 2 });
    expect((await run(remove)).value).toEqual({ _id: 2, a: 2 });
    expect(await run(inc)).toMatchObject({ ok: 0, code: 225 });
  });

  test('the same retryable write twice at once is done once', async () => {
    const other = await RawClient.open(database.running.port);
    const inc = {
      update: c.collectionName,
      updates: [{ q: { _id: 1 }, u: { $inc: { a: 1 } } }],
      lsid: lsid(),
      txnNumber: BSON.Long.fromNumber(1),
      $db: 'test',
    };
    expect(await Promise.all([raw.command(inc), other.command(inc)])).toMatchObject([
      { nModified: 1 },
      { nModified: 1 },
    ]);
    expect(await c.findOne({ _id: id(1) })).toMatchObject({ a: 2 });
    other.close();
  });

  test('a transaction ends after sixty seconds', async () => {
    await inTransaction(async (session) => {
      await c.updateOne({ _id: id(1) }, { $set: { a: 7 } }, { session });
      database.running.engine.sessions.expire(Date.now() + 61_000);
      expect(await errorOf(c.findOne({}, { session }))).toMatchObject({ code: 251 });
    });
    await c.updateOne({ _id: id(1) }, { $set: { a: 8 } });
  });
});
