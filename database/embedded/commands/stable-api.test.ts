import type { mongo } from 'mongoose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { errorOf, MongoClient, openTestDatabase, type TestDatabase } from '../testing/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  await database.db.collection<mongo.Document>('asked').insertMany([{ a: 1 }, { a: 2 }]);
});
afterAll(() => database.stop());

test.each<[string, mongo.Document, number, string]>([
  ['another version', { ping: 1, apiVersion: '2' }, 322, 'APIVersionError'],
  ['to be strict about no version', { ping: 1, apiStrict: true }, 4_886_600, 'Location4886600'],
  ['to hear of what is deprecated in no version', { ping: 1, apiDeprecationErrors: true }, 4_886_600, ''],
  [
    'a command of no version',
    { distinct: 'asked', key: 'a', apiVersion: '1', apiStrict: true },
    323,
    'APIStrictError',
  ],
  [
    'a stage of no version',
    {
      aggregate: 1,
      pipeline: [{ $listLocalSessions: {} }],
      cursor: {},
      apiVersion: '1',
      apiStrict: true,
    },
    323,
    'APIStrictError',
  ],
])('refuses %s', async (_what, command, code, codeName) => {
  const error = await errorOf(database.db.command(command));
  expect(error).toMatchObject({ code, codeName: codeName || `Location${code}` });
});

test('a client of version 1 that is strict is answered', async () => {
  const serverApi = { version: '1', strict: true, deprecationErrors: true } as const;
  const client = await MongoClient.connect(database.running.uri, { serverApi });
  const c = client.db('test').collection<mongo.Document>('asked');
  await c.updateOne({ a: 1 }, { $set: { b: 1 } });
  expect(await c.find({}, { projection: { _id: 0 }, batchSize: 1 }).toArray()).toEqual([
    { a: 1, b: 1 },
    { a: 2 },
  ]);
  expect(await c.aggregate([{ $group: { _id: null, sum: { $sum: '$a' } } }]).toArray()).toEqual([
    { _id: null, sum: 3 },
  ]);
  expect(await errorOf(c.distinct('a'))).toMatchObject({ codeName: 'APIStrictError' });
  await client.close();
});
