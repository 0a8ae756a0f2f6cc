import type { mongo } from 'mongoose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BSON, errorOf, openTestDatabase, type TestDatabase } from '../testing/database.ts';

let database: TestDatabase;
let c: mongo.Collection<mongo.Document>;

beforeAll(async () => {
  database = await openTestDatabase();
  c = database.db.collection('seen');
  await c.insertMany([{ n: 1 }, { n: 2 }, { n: 3 }]);
});
afterAll(async () => {
  await database.stop();
  expect(database.reported).toEqual([]);
});

test('a snapshot session reads what was there at its first read', async () => {
  const session = database.client.startSession({ snapshot: true });
  const options = { session };
  expect(await c.countDocuments({}, options)).toBe(3);
  await c.insertOne({ n: 4 });
  await c.updateOne({ n: 1 }, { $set: { n: 10 } });
  await c.createIndex({ n: 1 });
  expect(await c.distinct('n', {}, options)).toEqual([1, 2, 3]);
  expect(await c.find({ n: { $gte: 2 } }, options).toArray()).toHaveLength(2);
  expect(await c.find({ n: 1 }, options).toArray()).toHaveLength(1);
  expect(await c.countDocuments({})).toBe(4);
  await session.endSession();
});

test('a cursor of a snapshot stays in it', async () => {
  const session = database.client.startSession({ snapshot: true });
  const cursor = c.find({}, { session, batchSize: 1 });
  const first = await cursor.next();
  await c.insertOne({ n: 5 });
  expect([first, ...(await cursor.toArray())]).toHaveLength(4);
  await session.endSession();
});

test('a snapshot lives for a minute', async () => {
  const session = database.client.startSession({ snapshot: true });
  const cursor = c.find({}, { session, batchSize: 1 });
  await cursor.next();
  await c.insertOne({ n: 6 });
  database.running.engine.snapshots.expire(Date.now() + 61_000);
  expect(await errorOf(cursor.toArray())).toMatchObject({ code: 239 });
  expect(await errorOf(c.findOne({}, { session }))).toMatchObject({ code: 239 });
  await session.endSession();
});

test('a time that is still to come', async () => {
  const atClusterTime = new BSON.Timestamp({ t: 4_000_000_000, i: 1 });
  const find = { find: 'seen', readConcern: { level: 'snapshot', atClusterTime } };
  expect(await errorOf(database.db.command(find))).toMatchObject({ code: 72 });
});

test('a time without the level that has one', async () => {
  const { operationTime } = await database.db.command({ ping: 1 });
  const find = { find: 'seen', readConcern: { level: 'majority', atClusterTime: operationTime } };
  expect(await errorOf(database.db.command(find))).toMatchObject({ code: 72 });
});
