import type { mongo } from 'mongoose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { BSON, errorOf, openTestDatabase, type TestDatabase } from '../testing/database.ts';
import { removeExpired } from '../ttl.ts';

let database: TestDatabase;
let c: mongo.Collection<mongo.Document>;
let made = 0;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(async () => {
  await database.stop();
  expect(database.reported).toEqual([]);
});
beforeEach(() => {
  c = database.db.collection(`c${++made}`);
});
afterEach(async () => {
  const there = await database.db.listCollections({ name: c.collectionName }).toArray();
  if (there.length > 0)
    expect(await database.db.command({ validate: c.collectionName })).toMatchObject({
      valid: true,
      errors: [],
    });
});

const create = (...indexes: mongo.Document[]) =>
  database.db.command({ createIndexes: c.collectionName, indexes });

describe('createIndexes', () => {
  test('answers with counts, lists what it made', async () => {
    expect(
      await create({ key: { a: 1 }, name: 'a_1' }, { key: { b: -1, 'c.d': 1 }, name: 'x', unique: true }),
    ).toMatchObject({
      numIndexesBefore: 1,
      numIndexesAfter: 3,
      createdCollectionAutomatically: true,
    });
    expect(await create({ key: { a: 1 }, name: 'a_1' })).toMatchObject({
      numIndexesBefore: 3,
      numIndexesAfter: 3,
      note: 'all indexes already exist',
    });
    expect(await c.indexes()).toEqual([
      { v: 2, key: { _id: 1 }, name: '_id_' },
      { v: 2, key: { a: 1 }, name: 'a_1' },
      { v: 2, key: { b: -1, 'c.d': 1 }, name: 'x', unique: true },
    ]);
  });

  test.each<[string, mongo.Document, number]>([
    ['no key', { name: 'x' }, 9],
    ['no name', { key: { a: 1 } }, 9],
    ['empty key', { key: {}, name: 'x' }, 67],
    ['direction 0', { key: { a: 0 }, name: 'x' }, 67],
    ['direction true', { key: { a: true }, name: 'x' }, 67],
    ['unknown plugin', { key: { a: 'foo' }, name: 'x' }, 67],
    ['text', { key: { a: 'text' }, name: 'x' }, 238],
    ['wildcard', { key: { '$**': 1 }, name: 'x' }, 238],
    ['empty path part', { key: { 'a..b': 1 }, name: 'x' }, 67],
    ['$ in a path', { key: { 'a.$x': 1 }, name: 'x' }, 67],
    ['unknown option', { key: { a: 1 }, name: 'x', foo: 1 }, 197],
    ['unique _id', { key: { _id: 1 }, name: '_id_', unique: true }, 197],
    ['TTL over two fields', { key: { a: 1, b: 1 }, name: 'x', expireAfterSeconds: 1 }, 67],
    ['negative TTL', { key: { a: 1 }, name: 'x', expireAfterSeconds: -1 }, 67],
    ['partial and sparse', { key: { a: 1 }, name: 'x', sparse: true, partialFilterExpression: { a: 1 } }, 67],
    ['$ne in a partial filter', { key: { a: 1 }, name: 'x', partialFilterExpression: { a: { $ne: 1 } } }, 67],
    ['same name, other key', { key: { z: 1 }, name: 'a_1' }, 86],
    ['same key, other name', { key: { a: 1 }, name: 'z' }, 85],
    ['same name, other options', { key: { a: 1 }, name: 'a_1', unique: true }, 85],
  ])('refuses: %s', async (_name, spec, code) => {
    await create({ key: { a: 1 }, name: 'a_1' });
    expect(await errorOf(create(spec))).toMatchObject({ code });
  });

  test('builds over documents that are there, while others write', async () => {
    await c.insertMany(Array.from({ length: 5000 }, (_, i) => ({ i, tags: [i % 3, i % 5] })));
    const building = Promise.all([
      c.createIndex({ i: 1 }, { unique: true }),
      c.createIndex({ tags: 1, i: -1 }),
    ]);
    const writing = Promise.all(
      Array.from({ length: 50 }, (_, k) => c.updateOne({ i: k * 100 }, { $set: { i: 10_000 + k } })),
    );
    await Promise.all([building, writing, c.deleteMany({ i: { $gt: 4900, $lt: 5000 } })]);
    expect(await database.db.command({ validate: c.collectionName })).toMatchObject({ valid: true });
    expect(await c.find({ i: { $gte: 10_000 } }).explain('executionStats')).toMatchObject({
      executionStats: { nReturned: 50, totalKeysExamined: 50 },
    });
  });

  test('a unique build over duplicates fails and leaves nothing', async () => {
    await c.insertMany([{ u: 1 }, { u: 2 }, { u: 1 }]);
    const error = await errorOf(c.createIndex({ u: 1 }, { unique: true }));
    expect(error).toMatchObject({ code: 11000, keyPattern: { u: 1 }, keyValue: { u: 1 } });
    expect(await c.indexes()).toHaveLength(1);
    await c.insertOne({ u: 1 });
  });

  test('parallel arrays cannot be indexed together', async () => {
    await c.createIndex({ a: 1, b: 1 });
    expect(await errorOf(c.insertOne({ a: [1], b: [2] }))).toMatchObject({ code: 171 });
    await c.insertOne({ a: [1], b: 2 });
  });
});

describe('unique', () => {
  test.each<[string, mongo.CreateIndexesOptions, mongo.Document[], number]>([
    ['missing is null', {}, [{}, { u: null }], 11000],
    ['sparse lets missing be many', { sparse: true }, [{}, {}], 0],
    ['sparse still refuses null twice', { sparse: true }, [{ u: null }, { u: null }], 11000],
    [
      'partial counts only what it holds',
      { partialFilterExpression: { on: true } },
      [{ u: 1 }, { u: 1 }, { u: 1, on: true }],
      0,
    ],
    [
      'partial refuses within',
      { partialFilterExpression: { on: true } },
      [
        { u: 1, on: true },
        { u: 1, on: true },
      ],
      11000,
    ],
    ['items of arrays of two documents', {}, [{ u: [1, 2] }, { u: [2, 3] }], 11000],
    ['items of one array may repeat', {}, [{ u: [1, 1] }, { u: 2 }], 0],
    ['1, 1.0 and NumberDecimal 1', {}, [{ u: 1 }, { u: BSON.Decimal128.fromString('1.00') }], 11000],
    [
      '2^53 and 2^53+1',
      {},
      [{ u: BSON.Long.fromString('9007199254740992') }, { u: BSON.Long.fromString('9007199254740993') }],
      0,
    ],
    ['collation', { collation: { locale: 'vi', strength: 1 } }, [{ u: 'Đà' }, { u: 'đa' }], 11000],
    ['long texts that differ late', {}, [{ u: `${'x'.repeat(5000)}a` }, { u: `${'x'.repeat(5000)}b` }], 0],
    ['long texts that do not', {}, [{ u: `${'x'.repeat(5000)}a` }, { u: `${'x'.repeat(5000)}a` }], 11000],
  ])('%s', async (_name, options, docs, code) => {
    await c.createIndex({ u: 1 }, { unique: true, ...options });
    const answer = await database.db
      .command({ insert: c.collectionName, documents: docs })
      .catch((error) => error);
    expect(answer.writeErrors?.[0]?.code ?? 0).toBe(code);
  });

  test('long values are found, ordered by a sort of their own, and told apart as ids', async () => {
    const long = (end: string) => `${'y'.repeat(3000)}${end}`;
    await c.createIndex({ s: 1 });
    await c.insertMany(
      ['c', 'a', 'b'].map((end) => ({ _id: long(end) as unknown as mongo.ObjectId, s: long(end) })),
    );
    expect(await c.findOne({ _id: long('b') as unknown as mongo.ObjectId })).toMatchObject({ s: long('b') });
    expect(
      (
        await c
          .find({ s: { $gt: long('a') } })
          .sort({ s: 1 })
          .toArray()
      ).map((doc) => doc.s.at(-1)),
    ).toEqual(['b', 'c']);
    expect(await errorOf(c.insertOne({ _id: long('b') as unknown as mongo.ObjectId }))).toMatchObject({
      code: 11000,
    });
  });
});

describe('dropIndexes', () => {
  beforeEach(() => create({ key: { a: 1 }, name: 'a_1' }, { key: { b: 1 }, name: 'b_1' }));
  const drop = (index: unknown) => database.db.command({ dropIndexes: c.collectionName, index });

  test.each([
    ['a name', 'a_1', ['_id_', 'b_1']],
    ['a key', { a: 1 }, ['_id_', 'b_1']],
    ['names', ['a_1', 'b_1'], ['_id_']],
    ['all', '*', ['_id_']],
  ])('by %s', async (_name, which, left) => {
    expect(await drop(which)).toMatchObject({ ok: 1, nIndexesWas: 3 });
    expect((await c.indexes()).map((index) => index.name)).toEqual(left);
  });

  test.each([
    ['an unknown name', 'z', 27],
    ['an unknown key', { z: 1 }, 27],
    ['_id', '_id_', 72],
  ])('refuses %s', async (_name, which, code) => {
    expect(await errorOf(drop(which))).toMatchObject({ code });
  });

  test('its entries are swept away', async () => {
    await c.insertMany(Array.from({ length: 300 }, (_, a) => ({ a, b: a })));
    await drop('*');
    await database.db.dropCollection(c.collectionName);
    const { catalog } = database.running.engine.store;
    await expect.poll(() => catalog.left().length).toBe(0);
  });
});

describe('TTL', () => {
  test('removes what is over, keeps what has no date, follows collMod', async () => {
    await c.createIndex({ at: 1 }, { expireAfterSeconds: 3600 });
    const old = new Date(Date.now() - 2 * 3600_000);
    await c.insertMany([
      { at: old, k: 1 },
      { at: new Date(), k: 2 },
      { at: 'text', k: 3 },
      { k: 4 },
      { at: [new Date(), old], k: 5 },
    ]);
    await removeExpired(database.running.engine, Date.now());
    expect((await c.find().toArray()).map((doc) => doc.k)).toEqual([2, 3, 4]);
    const change = { collMod: c.collectionName, index: { keyPattern: { at: 1 }, expireAfterSeconds: 0 } };
    expect(await database.db.command(change)).toMatchObject({
      expireAfterSeconds_old: 3600,
      expireAfterSeconds_new: 0,
    });
    await removeExpired(database.running.engine, Date.now());
    expect((await c.find().toArray()).map((doc) => doc.k)).toEqual([3, 4]);
    expect((await c.indexes()).at(-1)).toMatchObject({ expireAfterSeconds: 0 });
  });
});
