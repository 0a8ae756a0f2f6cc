import type { mongo } from 'mongoose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../testing/database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  const c = database.db.collection('events');
  await c.createIndexes([{ key: { place: 1, at: -1 } }, { key: { at: 1 } }]);
  await c.insertMany(Array.from({ length: 400 }, (_, i) => ({ place: `p${i % 10}`, at: i, note: `n${i}` })));
});
afterAll(async () => {
  await database.stop();
  expect(database.reported).toEqual([]);
});

interface Examined {
  readonly scanned: number;
  readonly scannedObjects: number;
}

async function examined(): Promise<Examined> {
  return (await database.db.command({ serverStatus: 1 })).metrics.queryExecutor;
}

let before: Examined;
beforeEach(async () => {
  before = await examined();
});

/** What a pipeline gives, and the keys and documents it looked at. */
async function price(
  pipeline: mongo.Document[],
): Promise<{ docs: mongo.Document[]; keys: number; documents: number }> {
  const docs = await database.db.aggregate(pipeline).toArray();
  const { scanned, scannedObjects } = await examined();
  return { docs, keys: scanned - before.scanned, documents: scannedObjects - before.scannedObjects };
}

const asked = { $documents: [{ p: 'p1' }, { p: 'p2' }, { p: 'p9' }] };

test('the last of each place: equality, sort and limit by one index', async () => {
  const latest = [{ $sort: { at: -1 } }, { $limit: 2 }, { $project: { _id: 0, at: 1 } }];
  const { docs, keys, documents } = await price([
    asked,
    { $lookup: { from: 'events', localField: 'p', foreignField: 'place', pipeline: latest, as: 'found' } },
  ]);
  expect(docs.map(({ found }) => found.map(({ at }: mongo.Document) => at))).toEqual([
    [391, 381],
    [392, 382],
    [399, 389],
  ]);
  expect({ keys, documents }).toEqual({ keys: 6, documents: 6 });
});

test('a range of each place: $expr with variables by one index', async () => {
  const range = {
    $expr: { $and: [{ $eq: ['$place', '$$p'] }, { $gte: ['$at', 100] }, { $lt: ['$at', 140] }] },
  };
  const { docs, keys, documents } = await price([
    asked,
    {
      $lookup: {
        from: 'events',
        let: { p: '$p' },
        pipeline: [{ $match: range }, { $count: 'n' }],
        as: 'found',
      },
    },
  ]);
  expect(docs.map(({ found }) => found)).toEqual([[{ n: 4 }], [{ n: 4 }], [{ n: 4 }]]);
  expect({ keys, documents }).toEqual({ keys: 12, documents: 12 });
});

test('ranges that differ: $expr between two variables', async () => {
  const range = { $expr: { $and: [{ $gte: ['$at', '$$from'] }, { $lt: ['$at', '$$to'] }] } };
  const { docs, keys } = await price([
    {
      $documents: [
        { from: 0, to: 3 },
        { from: 10, to: 12 },
        { from: 500, to: 600 },
      ],
    },
    {
      $lookup: {
        from: 'events',
        let: { from: '$from', to: '$to' },
        pipeline: [{ $match: range }, { $project: { _id: 0, at: 1 } }],
        as: 'found',
      },
    },
  ]);
  expect(docs.map(({ found }) => found.length)).toEqual([3, 2, 0]);
  expect(keys).toBe(5);
});

test('a condition that stands after a projection and a sort reaches the index', async () => {
  const { executionStats } = await database.db
    .collection('events')
    .aggregate([
      { $sort: { note: 1 } },
      { $project: { place: 1, at: 1 } },
      { $match: { place: 'p3', at: { $lt: 50 } } },
      { $limit: 3 },
    ])
    .explain('executionStats')
    .then((explained) => explained.stages?.[0].$cursor ?? explained);
  expect(executionStats).toMatchObject({ totalKeysExamined: 5, totalDocsExamined: 5 });
});

test('explain counts what each joining stage reads of other collections, and names its indexes', async () => {
  const join = (from: string, foreignField: string, as: string) => ({
    $lookup: { from, localField: 'p', foreignField, pipeline: [{ $sort: { at: -1 } }, { $limit: 2 }], as },
  });
  const explained = await database.db
    .aggregate([asked, join('events', 'place', 'found'), join('events', 'note', 'noted')])
    .explain('executionStats');
  const counts = explained.stages.map(
    ({ totalKeysExamined, totalDocsExamined, collectionScans, indexesUsed, nReturned }: mongo.Document) => ({
      totalKeysExamined,
      totalDocsExamined,
      collectionScans,
      indexesUsed,
      nReturned,
    }),
  );
  expect(counts).toEqual([
    { nReturned: 3 },
    {
      totalKeysExamined: 6,
      totalDocsExamined: 6,
      collectionScans: 0,
      indexesUsed: ['place_1_at_-1'],
      nReturned: 3,
    },
    {
      totalKeysExamined: 1200,
      totalDocsExamined: 1200,
      collectionScans: 0,
      indexesUsed: ['at_1'],
      nReturned: 3,
    },
  ]);
});

test('explain without execution shows the stages as they were given', async () => {
  const join = { $lookup: { from: 'events', localField: 'p', foreignField: 'place', as: 'found' } };
  const { stages } = await database.db.aggregate([asked, join]).explain('queryPlanner');
  expect(stages).toEqual([asked, join]);
});
