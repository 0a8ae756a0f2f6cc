import type { mongo } from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { errorOf, openTestDatabase, type TestDatabase } from '../testing/database.ts';

let database: TestDatabase;
let c: mongo.Collection<mongo.Document>;
let made = 0;
/** How long a look at an idle stream takes. */
const QUICK = { maxAwaitTimeMS: 10 };
const id = (n: unknown) => n as mongo.ObjectId;

beforeAll(async () => {
  database = await openTestDatabase({ changeLogBytes: 1024 * 1024 });
});
afterAll(async () => {
  await database.stop();
  expect(database.reported).toEqual([]);
});
beforeEach(async () => {
  c = database.db.collection(`c${++made}`);
  await c.insertOne({ _id: id(0), first: true });
});

async function take(stream: mongo.ChangeStream, count: number): Promise<mongo.Document[]> {
  const events: mongo.Document[] = [];
  while (events.length < count) events.push((await stream.next()) as mongo.Document);
  return events;
}

async function eventsOf(
  stream: mongo.ChangeStream,
  work: () => Promise<unknown>,
  count: number,
): Promise<mongo.Document[]> {
  // The stream begins when its cursor is opened, which the first tryNext does.
  await stream.tryNext();
  await work();
  const events = await take(stream, count);
  await stream.close();
  return events;
}

const ns = () => ({ db: 'test', coll: c.collectionName });

describe('events', () => {
  test('of documents', async () => {
    const events = await eventsOf(
      c.watch([], QUICK),
      async () => {
        await c.insertOne({ _id: id(1), a: { b: 1, c: [1, 2, 3] }, gone: 1 });
        await c.updateOne(
          { _id: id(1) },
          { $set: { 'a.b': 2, x: { y: 1 } }, $unset: { gone: 1 }, $push: { 'a.c': 4 } as mongo.Document },
        );
        await c.updateOne({ _id: id(1) }, { $pop: { 'a.c': 1 } });
        await c.replaceOne({ _id: id(1) }, { z: 1 });
        await c.deleteOne({ _id: id(1) });
      },
      5,
    );
    const documentKey = { _id: 1 };
    expect(events).toMatchObject([
      { operationType: 'insert', ns: ns(), documentKey, fullDocument: { _id: 1, gone: 1 } },
      {
        operationType: 'update',
        ns: ns(),
        documentKey,
        updateDescription: {
          updatedFields: { 'a.b': 2, 'a.c.3': 4, x: { y: 1 } },
          removedFields: ['gone'],
          truncatedArrays: [],
        },
      },
      {
        operationType: 'update',
        updateDescription: {
          updatedFields: {},
          removedFields: [],
          truncatedArrays: [{ field: 'a.c', newSize: 3 }],
        },
      },
      { operationType: 'replace', documentKey, fullDocument: { _id: 1, z: 1 } },
      { operationType: 'delete', documentKey },
    ]);
    expect(events[1]).not.toHaveProperty('fullDocument');
    for (const event of events)
      expect(Object.keys(event)).toEqual(
        expect.arrayContaining(['_id', 'operationType', 'clusterTime', 'wallTime', 'ns']),
      );
    const tokens = events.map((event) => event._id._data as string);
    expect(tokens.toSorted()).toEqual(tokens);
  });

  test('none for writes that change nothing or fail', async () => {
    const events = await eventsOf(
      c.watch([], QUICK),
      async () => {
        await c.updateOne({ _id: id(0) }, { $set: { first: true } });
        await errorOf(c.insertOne({ _id: id(0) }));
        await c.insertOne({ _id: id(9) });
      },
      1,
    );
    expect(events).toMatchObject([{ operationType: 'insert', documentKey: { _id: 9 } }]);
  });

  test('of a transaction come together with its session, those of an aborted one never', async () => {
    const events = await eventsOf(
      c.watch([], QUICK),
      async () => {
        const session = database.client.startSession();
        session.startTransaction();
        await c.insertOne({ _id: id(1) }, { session });
        await session.abortTransaction();
        await session.withTransaction(async () => {
          await c.insertOne({ _id: id(2) }, { session });
          await c.updateOne({ _id: id(2) }, { $set: { a: 1 } }, { session });
        });
        await session.endSession();
      },
      2,
    );
    expect(events).toMatchObject([
      { operationType: 'insert' },
      { operationType: 'update', documentKey: { _id: 2 } },
    ]);
    expect(events[0]?.txnNumber).toEqual(events[1]?.txnNumber);
    expect(events[0]?.lsid).toBeDefined();
  });

  test('updateLookup shows the document as it is now, null when it is gone', async () => {
    const events = await eventsOf(
      c.watch([], { ...QUICK, fullDocument: 'updateLookup' }),
      async () => {
        await c.insertOne({ _id: id(1), n: 0 });
        await c.updateOne({ _id: id(1) }, { $inc: { n: 1 } });
        await c.updateOne({ _id: id(1) }, { $inc: { n: 1 } });
        await c.updateOne({ _id: id(0) }, { $inc: { n: 1 } });
        await c.deleteOne({ _id: id(0) });
      },
      5,
    );
    expect(events.map((event) => event.fullDocument)).toEqual([
      { _id: 1, n: 0 },
      { _id: 1, n: 2 },
      { _id: 1, n: 2 },
      null,
      undefined,
    ]);
  });

  test('images before and after, where the collection keeps them', async () => {
    await database.db.command({ collMod: c.collectionName, changeStreamPreAndPostImages: { enabled: true } });
    const events = await eventsOf(
      c.watch([], { ...QUICK, fullDocument: 'required', fullDocumentBeforeChange: 'required' }),
      async () => {
        await c.updateOne({ _id: id(0) }, { $set: { n: 1 } });
        await c.updateOne({ _id: id(0) }, { $set: { n: 2 } });
        await c.deleteOne({ _id: id(0) });
      },
      3,
    );
    expect(events.map((event) => event.fullDocument?.n)).toEqual([1, 2, undefined]);
    expect(events.map((event) => event.fullDocumentBeforeChange?.n)).toEqual([undefined, 1, 2]);
  });

  test('a pipeline chooses and shapes them, but may not touch the token', async () => {
    const pipeline = [{ $match: { 'fullDocument.a': { $gt: 1 } } }, { $project: { fullDocument: 1 } }];
    const events = await eventsOf(
      c.watch(pipeline, QUICK),
      () => c.insertMany([1, 2, 3].map((a) => ({ _id: id(a), a }))),
      2,
    );
    expect(events.map(({ _id, ...event }) => event)).toEqual([
      { fullDocument: { _id: 2, a: 2 } },
      { fullDocument: { _id: 3, a: 3 } },
    ]);
    const stream = c.watch([{ $project: { _id: 0 } }]);
    const next = errorOf(stream.next());
    await expect.poll(() => c.insertOne({}).then(() => database.running.engine.cursors.size)).toBe(0);
    expect(await next).toMatchObject({ code: 280 });
    await stream.close();
  });
});

describe('ends', () => {
  test.each<[string, () => Promise<unknown>, string]>([
    ['drop', () => c.drop(), 'drop'],
    ['rename', () => c.rename(`${c.collectionName}_new`), 'rename'],
  ])('%s, then invalidate; after it only startAfter goes on', async (_name, work, kind) => {
    const events = await eventsOf(c.watch([], QUICK), work, 2);
    expect(events).toMatchObject([{ operationType: kind }, { operationType: 'invalidate' }]);
    const token = events[1]?._id;
    const resumed = c.watch([], { resumeAfter: token });
    expect(await errorOf(resumed.next())).toMatchObject({ code: 260 });
    await resumed.close();
    const again = await eventsOf(
      c.watch([], { ...QUICK, startAfter: token }),
      () => c.insertOne({ _id: id(5) }),
      1,
    );
    expect(again).toMatchObject([{ operationType: 'insert' }]);
  });

  test('a database stream sees all collections and ends with the database', async () => {
    const db = database.client.db(`db${made}`);
    await db.collection('a').insertOne({});
    const events = await eventsOf(
      db.watch([], QUICK),
      async () => {
        await db.collection('a').insertOne({});
        await db.collection('b').insertOne({});
        await db.collection('b').drop();
        await db.dropDatabase();
      },
      6,
    );
    expect(events.map((event) => [event.operationType, event.ns?.coll])).toEqual([
      ['insert', 'a'],
      ['insert', 'b'],
      ['drop', 'b'],
      ['drop', 'a'],
      ['dropDatabase', undefined],
      ['invalidate', undefined],
    ]);
  });

  test('a client stream sees all databases', async () => {
    const events = await eventsOf(
      database.client.watch([], QUICK),
      async () => {
        await database.client.db(`x${made}`).collection('a').insertOne({});
        await c.insertOne({});
      },
      2,
    );
    expect(events.map((event) => event.ns.db)).toEqual([`x${made}`, 'test']);
  });
});

describe('resuming', () => {
  test('after a token, after a time, after a restart of nothing else', async () => {
    const [first] = await eventsOf(
      c.watch([], QUICK),
      () => c.insertMany([1, 2, 3].map((n) => ({ _id: id(n) }))),
      1,
    );
    for (const options of [{ resumeAfter: first?._id }, { startAfter: first?._id }]) {
      const stream = c.watch([], options);
      expect((await take(stream, 2)).map((event) => event.documentKey._id)).toEqual([2, 3]);
      await stream.close();
    }
    const stream = c.watch([], { startAtOperationTime: first?.clusterTime });
    expect((await take(stream, 3)).map((event) => event.documentKey._id)).toEqual([1, 2, 3]);
    await stream.close();
  });

  test.each<[string, mongo.Document, number]>([
    ['a text that is no token', { resumeAfter: { _data: 'zz' } }, 260],
    ['no token at all', { resumeAfter: { x: 1 } }, 40647],
    [
      'two beginnings',
      { resumeAfter: { _data: '8200000001000000010164' }, startAfter: { _data: '82' } },
      40674,
    ],
    ['an unknown option', { foo: 1 }, 40415],
    ['an unknown mode', { fullDocument: 'foo' }, 2],
  ])('refuses %s', async (_name, spec, code) => {
    expect(await errorOf(c.aggregate([{ $changeStream: spec }]).toArray())).toMatchObject({ code });
  });

  test('a token that was cut off is refused', async () => {
    const [first] = await eventsOf(c.watch([], QUICK), () => c.insertOne({ _id: id(1) }), 1);
    for (let i = 0; i < 12; i++)
      await c.insertMany(Array.from({ length: 10 }, () => ({ text: 'x'.repeat(20_000) })));
    const stream = c.watch([], { resumeAfter: first?._id });
    const error = await errorOf(stream.next());
    expect(error.code).toBe(286);
    expect(error.hasErrorLabel('NonResumableChangeStreamError')).toBe(true);
    await stream.close();
  });

  test('a stream that waits is woken by a commit, and by its end', async () => {
    const { cursors } = database.running.engine;
    const before = cursors.size;
    const stream = c.watch([], { maxAwaitTimeMS: 20_000 });
    const started = performance.now();
    const next = stream.next();
    await expect.poll(() => cursors.size).toBe(before + 1);
    await c.insertOne({ _id: id(1) });
    expect(await next).toMatchObject({ documentKey: { _id: 1 } });
    const waiting = stream.next().catch((error: unknown) => error);
    await stream.close();
    expect(await waiting).toBeInstanceOf(Error);
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});
