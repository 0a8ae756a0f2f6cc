import fc from 'fast-check';
import type { mongo } from 'mongoose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BSON, openTestDatabase, type TestDatabase } from '../testing/database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(async () => {
  await database.stop();
  expect(database.reported).toEqual([]);
});

async function ask(
  docs: readonly object[],
  key: mongo.IndexSpecification,
  query: mongo.Document,
): Promise<{ scanned: unknown[]; indexed: unknown[] }> {
  const c = database.db.collection('arrays');
  await c.deleteMany({});
  await c.dropIndexes();
  await c.createIndex(key, { name: 'asked' });
  await c.insertMany(docs.map((doc, i) => ({ ...doc, _id: i as unknown as mongo.ObjectId })));
  const ids = async (hint: mongo.Hint) =>
    (await c.find(query, { hint }).toArray()).map((doc) => doc._id).toSorted((a, b) => Number(a) - Number(b));
  return { scanned: await ids({ $natural: 1 }), indexed: await ids('asked') };
}

/** Bounds may narrow together only where no further array lies between the item they share and the field. */
test.each<[string, object[], mongo.IndexSpecification, mongo.Document, number[]]>([
  [
    'an array inside the items',
    [{ a: [{ b: [0, 2] }] }, { a: [{ b: 1 }] }],
    { 'a.b': 1 },
    { a: { $elemMatch: { b: { $gte: 1, $lte: 1 } } } },
    [0, 1],
  ],
  [
    'two fields below an array inside the items',
    [{ a: [{ b: [{ x: 1 }, { y: 1 }] }] }, { a: [{ b: { x: 1 } }, { b: { y: 1 } }] }],
    { 'a.b.x': 1, 'a.b.y': 1 },
    { a: { $elemMatch: { 'b.x': 1, 'b.y': 1 } } },
    [0],
  ],
  [
    'an item that is an array',
    [{ a: [[5]] }, { a: [5] }],
    { a: 1 },
    { a: { $elemMatch: { $elemMatch: { $in: [5] } } } },
    [0],
  ],
  [
    'an array of the least value',
    [{ a: [new BSON.MinKey()] }, { a: new BSON.MinKey() }],
    { a: 1 },
    { a: { $gt: new BSON.MinKey() } },
    [0],
  ],
  [
    'two questions about items',
    [{ a: [{ b: 1 }, { c: 1 }] }, { a: [{ b: 1, c: 1 }] }, { a: [{ b: 1 }] }],
    { 'a.b': 1, 'a.c': 1 },
    { $and: [{ a: { $elemMatch: { b: 1 } } }, { a: { $elemMatch: { c: 1 } } }] },
    [0, 1],
  ],
])('%s', async (_name, docs, key, query, ids) => {
  expect(await ask(docs, key, query)).toEqual({ scanned: ids, indexed: ids });
});

test('conditions on one item narrow an index together', async () => {
  const docs = Array.from({ length: 40 }, (_, i) => ({ a: [{ b: i % 4, c: i }, { b: 9 }] }));
  await ask(docs, { 'a.b': 1, 'a.c': 1 }, {});
  const { executionStats } = await database.db
    .collection('arrays')
    .find({ a: { $elemMatch: { b: 2, c: { $gte: 10, $lt: 20 } } } }, { hint: 'asked' })
    .explain('executionStats');
  expect(executionStats).toMatchObject({ nReturned: 3, totalKeysExamined: 3 });
});

test('explain names the parts of a path that are arrays', async () => {
  await ask([{ a: 1, b: [{ c: [1], d: 1 }] }], { a: 1, 'b.c': 1, 'b.d': 1 }, {});
  const { queryPlanner } = await database.db.collection('arrays').find({ a: 1 }).explain('queryPlanner');
  expect(queryPlanner.winningPlan.inputStage).toMatchObject({
    isMultiKey: true,
    multiKeyPaths: { a: [], 'b.c': ['b', 'b.c'], 'b.d': ['b'] },
  });
});

const number = fc.integer({ min: 0, max: 2 });
const leaf = fc.oneof(number, fc.array(number, { maxLength: 2 }), fc.constant([[1]]), fc.constant(null));
const pair = fc.record({ x: leaf, y: leaf }, { requiredKeys: [] });
const branch = fc.record(
  { b: fc.oneof(leaf, pair, fc.array(pair, { maxLength: 2 })), c: leaf },
  { requiredKeys: [] },
);
const tree = fc.record(
  { a: fc.oneof(leaf, branch, fc.array(branch, { maxLength: 2 })) },
  { requiredKeys: [] },
);

const range = fc.oneof(
  number,
  fc.tuple(number, number).map(([low, high]) => ({ $gte: low, $lte: high })),
  number.map((n) => ({ $ne: n })),
  number.map((n) => ({ $elemMatch: { $gte: n, $lte: n } })),
  number.map((n) => ({ $elemMatch: { $elemMatch: { $eq: n } } })),
  fc.constant(null),
);
const ofPair = fc.record({ x: range, y: range }, { requiredKeys: [] });
const ofBranch = fc.oneof(
  fc.record({ b: range, c: range }, { requiredKeys: [] }),
  fc.record({ 'b.x': range, 'b.y': range, c: range }, { requiredKeys: [] }),
  ofPair.map((inner) => ({ b: { $elemMatch: inner } })),
);
const question: fc.Arbitrary<mongo.Document> = fc.oneof(
  fc.record({ 'a.b': range, 'a.c': range, 'a.b.x': range, 'a.b.y': range, a: range }, { requiredKeys: [] }),
  ofBranch.map((inner) => ({ a: { $elemMatch: inner } })),
  fc
    .tuple(ofBranch, ofBranch)
    .map(([one, other]) => ({ $and: [{ a: { $elemMatch: one } }, { a: { $elemMatch: other } }] })),
  fc.tuple(ofBranch, range).map(([one, other]) => ({ a: { $elemMatch: one }, 'a.b': other, 'a.b.x': other })),
  ofPair.map((inner) => ({ 'a.b': { $elemMatch: inner }, 'a.b.y': 1 })),
);
const key = fc.constantFrom<mongo.IndexSpecification>(
  { a: 1 },
  { 'a.b': 1 },
  { 'a.c': 1, 'a.b.x': 1 },
  { 'a.b.x': 1, 'a.b.y': -1 },
  { 'a.b.y': 1, 'a.c': 1 },
);

test('what an index over arrays finds equals what a scan finds', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(tree, { minLength: 1, maxLength: 8 }),
      key,
      question,
      async (docs, index, query) => {
        let answer: Awaited<ReturnType<typeof ask>>;
        try {
          answer = await ask(docs, index, query);
        } catch (error) {
          fc.pre((error as mongo.MongoServerError).code !== 171);
          throw error;
        }
        expect(answer.indexed).toEqual(answer.scanned);
      },
    ),
    { numRuns: 200 },
  );
});

test.each<[string, mongo.IndexSpecification, mongo.Document, mongo.Sort, boolean]>([
  ['a field beside the array', { a: 1, d: -1 }, { a: 1 }, { d: -1 }, true],
  ['backwards', { a: 1, d: -1 }, { a: 1 }, { d: 1 }, true],
  ['a range of the array', { a: 1, d: -1 }, { a: { $gte: 1 } }, { d: -1 }, false],
  ['another field of the items', { 'b.x': 1, 'b.y': 1 }, { 'b.x': 1 }, { 'b.y': 1 }, false],
])('one value of an array leaves the index in order: %s', async (_, index, query, sort, inOrder) => {
  const c = database.db.collection('ordered');
  await c.deleteMany({});
  await c.dropIndexes();
  await c.createIndex(index, { name: 'asked' });
  await c.insertMany(
    Array.from({ length: 20 }, (_, i) => ({
      a: [1, 1, i % 3],
      b: [
        { x: 1, y: i % 7 },
        { x: 2, y: i % 5 },
      ],
      d: i % 4,
    })),
  );
  const key = (doc: mongo.Document): number =>
    'd' in (sort as object) ? doc.d : Math.min(...doc.b.map(({ y }: { y: number }) => y));
  const keysBy = async (hint: mongo.Hint) => (await c.find(query, { hint }).sort(sort).toArray()).map(key);
  expect(await keysBy('asked')).toEqual(await keysBy({ $natural: 1 }));
  const plan = await c.find(query, { hint: 'asked' }).sort(sort).explain('queryPlanner');
  expect(JSON.stringify(plan).includes('"SORT"')).toBe(!inOrder);
});
