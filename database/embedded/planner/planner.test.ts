import fc from 'fast-check';
import type { mongo } from 'mongoose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BSON, errorOf, openTestDatabase, type TestDatabase } from '../testing/database.ts';

let database: TestDatabase;
let c: mongo.Collection<mongo.Document>;

beforeAll(async () => {
  database = await openTestDatabase();
  c = database.db.collection('planned');
  await c.createIndexes([
    { key: { a: 1, b: -1 } },
    { key: { tags: 1 } },
    { key: { 'items.x': 1, 'items.y': 1 } },
    { key: { s: 1 } },
    { key: { opt: 1 }, sparse: true },
    { key: { part: 1 }, partialFilterExpression: { kind: 'k' } },
    { key: { name: 1 }, name: 'name_vi', collation: { locale: 'vi', strength: 2 } },
    { key: { d: 1, e: 1, f: 1 } },
  ]);
  await c.insertMany(
    Array.from({ length: 200 }, (_, i) => ({
      _id: i as unknown as mongo.ObjectId,
      a: i % 10,
      b: i,
      tags: [`t${i % 5}`, `t${i % 7}`],
      items: [
        { x: i % 4, y: i % 6 },
        { x: i % 8, y: 1 },
      ],
      s: `name ${i}`,
      ...(i % 10 === 0 && { opt: i }),
      kind: i % 2 ? 'k' : 'other',
      part: i,
      name: i % 2 ? `ĐẶNG ${i % 9}` : `đặng ${i % 9}`,
      d: i % 3,
      e: i % 5,
      f: i,
    })),
  );
});
afterAll(async () => {
  await database.stop();
  expect(database.reported).toEqual([]);
});

interface Plan extends mongo.Document {
  stage: string;
  inputStage?: Plan;
}

function stagesOf(plan: Plan | undefined): string[] {
  return plan ? [plan.stage, ...stagesOf(plan.inputStage)] : [];
}

function scanOf(plan: Plan | undefined): Plan | undefined {
  return plan?.inputStage ? scanOf(plan.inputStage) : plan;
}

describe('explain', () => {
  test.each<[string, mongo.Document, mongo.FindOptions, string[], mongo.Document | undefined]>([
    ['by id', { _id: 5 }, {}, ['IDHACK'], undefined],
    ['no index', { z: 1 }, {}, ['COLLSCAN'], undefined],
    ['equality', { a: 3 }, {}, ['FETCH', 'IXSCAN'], { a: ['[3, 3]'], b: ['[MaxKey, MinKey]'] }],
    [
      'equality and range',
      { a: 3, b: { $gt: 5, $lte: 50 } },
      {},
      ['FETCH', 'IXSCAN'],
      { a: ['[3, 3]'], b: ['[50, 5)'] },
    ],
    [
      '$in',
      { a: { $in: [5, 3] } },
      {},
      ['FETCH', 'IXSCAN'],
      { a: ['[3, 3]', '[5, 5]'], b: ['[MaxKey, MinKey]'] },
    ],
    ['range', { a: { $gte: 8 } }, {}, ['FETCH', 'IXSCAN'], { a: ['[8, inf.0]'], b: ['[MaxKey, MinKey]'] }],
    ['below', { a: { $lt: 2 } }, {}, ['FETCH', 'IXSCAN'], { a: ['[-inf.0, 2)'], b: ['[MaxKey, MinKey]'] }],
    [
      '$ne',
      { a: { $ne: 2 } },
      {},
      ['FETCH', 'IXSCAN'],
      { a: ['[MinKey, 2)', '(2, MaxKey]'], b: ['[MaxKey, MinKey]'] },
    ],
    [
      'prefix',
      { s: /^name 1/ },
      {},
      ['FETCH', 'IXSCAN'],
      { s: ['["name 1", "name 2")', '[/^name 1/, /^name 1/]'] },
    ],
    [
      'sort by the index',
      { a: 3 },
      { sort: { b: -1 } },
      ['FETCH', 'IXSCAN'],
      { a: ['[3, 3]'], b: ['[MaxKey, MinKey]'] },
    ],
    [
      'sort against the index',
      { a: 3 },
      { sort: { b: 1 } },
      ['FETCH', 'IXSCAN'],
      { a: ['[3, 3]'], b: ['[MinKey, MaxKey]'] },
    ],
    [
      'sort without a filter',
      {},
      { sort: { a: 1, b: -1 } },
      ['FETCH', 'IXSCAN'],
      { a: ['[MinKey, MaxKey]'], b: ['[MaxKey, MinKey]'] },
    ],
    ['a sort of its own', { a: 3 }, { sort: { z: 1 } }, ['SORT', 'FETCH', 'IXSCAN'], undefined],
    [
      'limit, skip, projection',
      { a: 3 },
      { limit: 2, skip: 1, projection: { a: 1 } },
      ['PROJECTION_SIMPLE', 'LIMIT', 'SKIP', 'FETCH', 'IXSCAN'],
      undefined,
    ],
    ['multikey', { tags: 't1' }, {}, ['FETCH', 'IXSCAN'], { tags: ['["t1", "t1"]'] }],
    [
      'two conditions on an array: only one narrows',
      { tags: { $gt: 't1', $lt: 't3' } },
      {},
      ['FETCH', 'IXSCAN'],
      undefined,
    ],
    [
      '$elemMatch narrows by both',
      { items: { $elemMatch: { x: 1, y: 1 } } },
      {},
      ['FETCH', 'IXSCAN'],
      { 'items.x': ['[1, 1]'], 'items.y': ['[1, 1]'] },
    ],
    [
      'two paths of one array: only the first',
      { 'items.x': 1, 'items.y': 1 },
      {},
      ['FETCH', 'IXSCAN'],
      { 'items.x': ['[1, 1]'], 'items.y': ['[MinKey, MaxKey]'] },
    ],
    ['sparse, where it holds all', { opt: { $gt: 5 } }, {}, ['FETCH', 'IXSCAN'], { opt: ['(5, inf.0]'] }],
    ['sparse, where it does not', { opt: null }, {}, ['COLLSCAN'], undefined],
    ['sparse, $exists', { opt: { $exists: true } }, {}, ['FETCH', 'IXSCAN'], { opt: ['[MinKey, MaxKey]'] }],
    ['partial, implied', { part: 5, kind: 'k' }, {}, ['FETCH', 'IXSCAN'], { part: ['[5, 5]'] }],
    ['partial, not implied', { part: 5 }, {}, ['COLLSCAN'], undefined],
    [
      'collation of the index',
      { name: 'Đặng 1' },
      { collation: { locale: 'vi', strength: 2 } },
      ['FETCH', 'IXSCAN'],
      undefined,
    ],
    ['another collation', { name: 'Đặng 1' }, {}, ['COLLSCAN'], undefined],
    [
      '$expr with a constant',
      { $expr: { $eq: ['$s', 'name 5'] } },
      {},
      ['FETCH', 'IXSCAN'],
      { s: ['["name 5", "name 5"]'] },
    ],
    [
      '$expr with a list',
      { $expr: { $and: [{ $in: ['$s', ['name 5', 'name 7']] }, { $gt: ['$b', 0] }] } },
      {},
      ['FETCH', 'IXSCAN'],
      { s: ['["name 5", "name 5"]', '["name 7", "name 7"]'] },
    ],
    ['$expr on a field that has arrays', { $expr: { $eq: ['$tags', 't1'] } }, {}, ['COLLSCAN'], undefined],
    ['nothing can match', { a: { $in: [] } }, {}, ['EOF'], undefined],
    ['one alternative', { $or: [{ a: 3 }] }, {}, ['FETCH', 'IXSCAN'], undefined],
  ])('%s', async (_name, filter, options, stages, bounds) => {
    const { queryPlanner } = await c.find(filter, options).explain('queryPlanner');
    expect(stagesOf(queryPlanner.winningPlan)).toEqual(stages);
    if (bounds) expect(scanOf(queryPlanner.winningPlan)?.indexBounds).toEqual(bounds);
  });

  test('$or of indexed branches', async () => {
    const { queryPlanner, executionStats } = await c
      .find({ $or: [{ a: 3 }, { s: 'name 5' }] })
      .explain('executionStats');
    expect(stagesOf(queryPlanner.winningPlan)).toEqual(['FETCH', 'OR']);
    expect(executionStats).toMatchObject({ nReturned: 21, totalKeysExamined: 21, totalDocsExamined: 21 });
  });

  test.each<
    [
      string,
      mongo.Document,
      mongo.FindOptions,
      { nReturned: number; totalKeysExamined: number; totalDocsExamined: number },
    ]
  >([
    ['by id', { _id: 5 }, {}, { nReturned: 1, totalKeysExamined: 1, totalDocsExamined: 1 }],
    ['equality', { a: 3 }, {}, { nReturned: 20, totalKeysExamined: 20, totalDocsExamined: 20 }],
    [
      'a limit stops the scan',
      { a: 3 },
      { limit: 5, sort: { b: -1 } },
      { nReturned: 5, totalKeysExamined: 5, totalDocsExamined: 5 },
    ],
    [
      'the index with fewer keys',
      { a: 3, s: 'name 13' },
      {},
      { nReturned: 1, totalKeysExamined: 1, totalDocsExamined: 1 },
    ],
    [
      'points of three fields',
      { d: { $in: [0, 1] }, e: { $in: [2, 3] }, f: { $lt: 50 } },
      {},
      { nReturned: 13, totalKeysExamined: 13, totalDocsExamined: 13 },
    ],
    [
      'a multikey record once',
      { tags: { $in: ['t1', 't2'] } },
      {},
      { nReturned: 114, totalKeysExamined: 126, totalDocsExamined: 114 },
    ],
    ['the whole collection', { z: 1 }, {}, { nReturned: 0, totalKeysExamined: 0, totalDocsExamined: 200 }],
  ])('counts: %s', async (_name, filter, options, expected) => {
    const { executionStats } = await c.find(filter, options).explain('executionStats');
    expect(executionStats).toMatchObject(expected);
  });

  test('a page in order of many more than are counted while planning is read from the order, not sorted', async () => {
    const many = database.db.collection('many');
    await many.createIndexes([{ key: { place: 1 } }, { key: { day: -1, _id: -1 } }]);
    await many.insertMany(
      Array.from({ length: 4_000 }, (_, index) => ({ _id: index as never, place: '/a/', day: index % 700 })),
    );
    const { executionStats } = await many
      .find({ place: { $gte: '/a/', $lt: '/a0' } }, { sort: { day: -1, _id: -1 }, limit: 21 })
      .explain('executionStats');
    expect(executionStats).toMatchObject({ nReturned: 21, totalDocsExamined: 21 });
  });

  test('of update, delete, count, distinct, findAndModify, aggregate', async () => {
    const q = { a: 3 };
    const commands = [
      { update: 'planned', updates: [{ q, u: { $set: { x: 1 } } }] },
      { delete: 'planned', deletes: [{ q, limit: 1 }] },
      { count: 'planned', query: q },
      { distinct: 'planned', key: 'b', query: q },
      { findAndModify: 'planned', query: q, remove: true },
      { aggregate: 'planned', pipeline: [{ $match: q }], cursor: {} },
    ];
    for (const explain of commands) {
      const { queryPlanner } = await database.db.command({ explain, verbosity: 'queryPlanner' });
      expect(scanOf(queryPlanner.winningPlan)).toMatchObject({ stage: 'IXSCAN', indexName: 'a_1_b_-1' });
    }
    expect(await c.countDocuments(q)).toBe(20);
  });

  test('hints', async () => {
    const plan = async (hint: mongo.Hint) =>
      (await c.find({ a: 3 }, { hint }).explain('queryPlanner')).queryPlanner.winningPlan;
    expect(scanOf(await plan('s_1'))).toMatchObject({ indexName: 's_1' });
    expect(scanOf(await plan({ s: 1 }))).toMatchObject({ indexName: 's_1' });
    expect(scanOf(await plan({ $natural: 1 }))).toMatchObject({ stage: 'COLLSCAN' });
    expect(await errorOf(c.find({}, { hint: 'nope' }).toArray())).toMatchObject({ code: 2 });
    expect(await c.find({}, { hint: 'opt_1' }).toArray()).toHaveLength(20);
  });

  test('a hidden index is not used', async () => {
    await database.db.command({ collMod: 'planned', index: { name: 's_1', hidden: true } });
    expect(stagesOf((await c.find({ s: 'x' }).explain('queryPlanner')).queryPlanner.winningPlan)).toEqual([
      'COLLSCAN',
    ]);
    await database.db.command({ collMod: 'planned', index: { name: 's_1', hidden: false } });
    expect(stagesOf((await c.find({ s: 'x' }).explain('queryPlanner')).queryPlanner.winningPlan)).toEqual([
      'FETCH',
      'IXSCAN',
    ]);
  });
});

const scalar = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(0.5, Number.NaN, -0, Number.POSITIVE_INFINITY).map((n) => new BSON.Double(n)),
  fc.constantFrom('', 'a', 'ab', 'b', 'B', 'ạ'),
  fc.constantFrom(
    null,
    true,
    false,
    new Date(0),
    new BSON.ObjectId('0'.repeat(24)),
    BSON.Long.fromNumber(2),
    BSON.Decimal128.fromString('0.5'),
  ),
);
const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: scalar },
  { weight: 2, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  {
    weight: 1,
    arbitrary: fc.record(
      { x: scalar, y: fc.oneof(scalar, fc.array(scalar, { maxLength: 2 })) },
      { requiredKeys: [] },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.array(fc.record({ x: scalar, y: scalar }, { requiredKeys: [] }), { maxLength: 3 }),
  },
);
const document = fc.record({ a: value, b: scalar, n: value }, { requiredKeys: [] });
const condition: fc.Arbitrary<unknown> = fc.oneof(
  scalar,
  fc
    .tuple(fc.constantFrom('$eq', '$gt', '$gte', '$lt', '$lte', '$ne'), scalar)
    .map(([op, v]) => ({ [op]: v })),
  fc
    .tuple(fc.constantFrom('$gt', '$gte'), scalar, fc.constantFrom('$lt', '$lte'), scalar)
    .map(([x, v, y, w]) => ({ [x]: v, [y]: w })),
  fc.array(scalar, { maxLength: 3 }).map((list) => ({ $in: list })),
  fc.array(scalar, { maxLength: 2 }).map((list) => ({ $nin: list })),
  fc.boolean().map((exists) => ({ $exists: exists })),
  fc.tuple(scalar, scalar).map(([v, w]) => ({ $elemMatch: { $gte: v, $lte: w } })),
  fc.tuple(scalar, scalar).map(([v, w]) => ({ $elemMatch: { x: v, y: { $gte: w } } })),
  fc.tuple(fc.constantFrom('$gt', '$lt', '$lte'), scalar).map(([op, v]) => ({ $not: { [op]: v } })),
  fc.array(scalar, { maxLength: 2 }),
  fc.constantFrom(
    /^a/,
    /^(a|b)/,
    /b$/,
    { $type: 'string' },
    { $type: 'number' },
    { $size: 1 },
    { $all: ['a', 1] },
  ),
);
const field = fc.constantFrom('a', 'b', 'n', 'n.x', 'n.y', 'a.x');
const simple = fc
  .uniqueArray(fc.tuple(field, condition), { minLength: 1, maxLength: 3, selector: ([name]) => name })
  .map((all) => Object.fromEntries(all));
const filter: fc.Arbitrary<mongo.Document> = fc.oneof(
  { weight: 4, arbitrary: simple },
  { weight: 1, arbitrary: fc.array(simple, { minLength: 1, maxLength: 3 }).map(($or) => ({ $or })) },
);
const order = fc.constantFrom<mongo.Document | undefined>(
  undefined,
  { a: 1 },
  { a: -1, b: 1 },
  { b: 1 },
  { n: -1 },
  { 'n.x': 1, 'n.y': 1 },
);
const keys: mongo.IndexSpecification[] = [
  { a: 1, b: -1 },
  { b: 1, a: 1 },
  { n: 1 },
  { 'n.x': 1, 'n.y': -1 },
  { a: -1 },
  { 'a.x': 1 },
];

test('an indexed answer equals a scan, and has its order', { timeout: 60_000 }, async () => {
  const plain = database.db.collection('plain');
  const indexed = database.db.collection('indexed');
  const questions = fc.array(fc.tuple(filter, order), { minLength: 20, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(document, { minLength: 1, maxLength: 12 }),
      fc.subarray(keys, { minLength: 1 }),
      fc.constantFrom({}, { sparse: true }),
      questions,
      async (docs, chosen, options, asked) => {
        for (const one of [plain, indexed]) await one.drop();
        for (const key of chosen) await indexed.createIndex(key, options);
        const stored = docs.map((doc, i) => ({ ...doc, _id: i as unknown as mongo.ObjectId }));
        await plain.insertMany(stored);
        await indexed.insertMany(stored, { ordered: false }).catch(() => undefined);
        const kept = new Set(
          (await indexed.find({}, { projection: { _id: 1 } }).toArray()).map((doc) => doc._id),
        );
        for (const [query, sort] of asked) {
          const options = sort ? { sort: { ...sort, _id: 1 as const } } : {};
          const ids = async (one: mongo.Collection) =>
            (await one.find(query, { ...options, projection: { _id: 1 } }).toArray())
              .map((doc) => doc._id)
              .filter((one) => kept.has(one));
          const [slow, fast] = [await ids(plain), await ids(indexed)];
          if (!sort) fast.sort((x, y) => Number(x) - Number(y));
          expect({ query, sort, ids: fast }).toEqual({ query, sort, ids: slow });
        }
      },
    ),
    { numRuns: 10 },
  );
});
