import type { mongo } from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { BSON, errorOf, openTestDatabase, type TestDatabase } from '../testing/database.ts';

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

const run = (command: mongo.Document) => database.db.command(command);

describe('insert', () => {
  test('stores what it was given, with types and order of fields', async () => {
    const doc = {
      _id: 1,
      z: new BSON.Double(1),
      a: new BSON.Int32(1),
      long: BSON.Long.fromString('9007199254740993'),
      decimal: BSON.Decimal128.fromString('1E+400'),
      order: new Map([
        ['10', 1],
        ['2', 2],
      ]),
      n: null,
      d: new Date(-1),
      r: new BSON.BSONRegExp('^a', 'i'),
      b: new BSON.Binary(Buffer.from([1, 2]), 128),
      t: new BSON.Timestamp({ t: 5, i: 6 }),
      min: new BSON.MinKey(),
      arr: [1, [2, []], {}],
    };
    const bytes = Buffer.from(BSON.serialize(doc));
    await c.insertOne(doc as unknown as mongo.Document);
    const [stored] = (await c.find({}, { raw: true }).toArray()) as unknown as Uint8Array[];
    expect(Buffer.from(stored ?? []).equals(bytes)).toBe(true);
  });

  test('moves _id to the front and fills in what is missing', async () => {
    await run({
      insert: c.collectionName,
      documents: [{ a: 1, _id: 5 }, { b: 2 }, { t: new BSON.Timestamp(0n) }],
    });
    const docs = await c.find().toArray();
    expect(Object.keys(docs[0] ?? {})).toEqual(['_id', 'a']);
    expect(docs[1]?._id).toBeInstanceOf(BSON.ObjectId);
    expect(docs[2]?.t.isZero()).toBe(false);
  });

  test('stops at the first error when ordered, goes on when not', async () => {
    const docs = [{ _id: 1 }, { _id: 1 }, { _id: 2 }];
    const ordered = await run({ insert: c.collectionName, documents: docs }).catch((e) => e);
    expect(ordered).toMatchObject({ n: 1, ok: 1 });
    expect(ordered.writeErrors).toEqual([
      {
        index: 1,
        code: 11000,
        errmsg: `E11000 duplicate key error collection: test.${c.collectionName} index: _id_ dup key: { _id: 1 }`,
        keyPattern: { _id: 1 },
        keyValue: { _id: 1 },
      },
    ]);
    const unordered = await run({ insert: c.collectionName, documents: docs, ordered: false });
    expect(unordered).toMatchObject({ n: 1, ok: 1 });
    expect(unordered.writeErrors.map((error: mongo.Document) => error.index)).toEqual([0, 1]);
    expect(await c.countDocuments()).toBe(2);
  });

  test.each([
    ['an array as _id', { _id: [1] }, 53],
    ['a regular expression as _id', { _id: /a/ }, 53],
    ['a $-field inside _id', { _id: { $x: 1 } }, 52],
  ])('refuses %s', async (_name, doc, code) => {
    expect(await errorOf(c.insertOne(doc as unknown as mongo.Document))).toMatchObject({ code });
  });

  test('1 and 1.0 are one id', async () => {
    await c.insertOne({ _id: new BSON.Int32(1) as unknown as mongo.ObjectId });
    expect(
      await errorOf(c.insertOne({ _id: new BSON.Double(1) as unknown as mongo.ObjectId })),
    ).toMatchObject({ code: 11000 });
  });

  test.each([0, 100_001])('refuses a batch of %i', async (count) => {
    const documents = Array.from({ length: count }, () => ({}));
    expect(await errorOf(run({ insert: c.collectionName, documents }))).toMatchObject({ code: 21 });
  });

  test('takes a document of just 16 MB, and none larger', async () => {
    const room = 16 * 1024 * 1024 - BSON.calculateObjectSize({ _id: 1, s: '' });
    await c.insertOne({ _id: 1 as unknown as mongo.ObjectId, s: 'x'.repeat(room) });
    expect((await c.findOne({ _id: 1 as unknown as mongo.ObjectId }))?.s.length).toBe(room);
    await c.updateOne({}, { $set: { s: 'x'.repeat(9_000_000) } });
    expect(await errorOf(c.updateOne({}, [{ $set: { t: '$s' } }]))).toMatchObject({ code: 17419 });
  });
});

describe('update', () => {
  test.each<[string, mongo.Document, mongo.Document | mongo.Document[], mongo.Document, mongo.Document]>([
    ['$set', { _id: 1 }, { $set: { a: 5 } }, {}, { n: 1, nModified: 1 }],
    ['nothing to change', { _id: 1 }, { $set: { a: 1 } }, {}, { n: 1, nModified: 0 }],
    ['nothing found', { _id: 9 }, { $set: { a: 1 } }, {}, { n: 0, nModified: 0 }],
    ['many', { a: { $gt: 0 } }, { $inc: { a: 1 } }, { multi: true }, { n: 3, nModified: 3 }],
    ['one of many', { a: { $gt: 0 } }, { $inc: { a: 1 } }, {}, { n: 1, nModified: 1 }],
    ['replacement', { _id: 2 }, { x: 1 }, {}, { n: 1, nModified: 1 }],
    // The server compares with the replacement as it was sent: without `_id` it is never equal.
    ['replacement by the same without _id', { _id: 2 }, { a: 2 }, {}, { n: 1, nModified: 1 }],
    ['replacement by the same with _id', { _id: 2 }, { _id: 2, a: 2 }, {}, { n: 1, nModified: 0 }],
    [
      'upsert',
      { _id: 7, b: 2 },
      { $set: { c: 3 } },
      { upsert: true },
      { n: 1, nModified: 0, upserted: [{ index: 0, _id: 7 }] },
    ],
    ['pipeline', { _id: 1 }, [{ $set: { b: { $add: ['$a', 10] } } }], {}, { n: 1, nModified: 1 }],
  ])('%s', async (_name, q, u, options, expected) => {
    await c.insertMany([1, 2, 3].map((a) => ({ _id: a, a }) as unknown as mongo.Document));
    const { ok, n, nModified, upserted } = await run({
      update: c.collectionName,
      updates: [{ q, u, ...options }],
    });
    expect({ ok, n, nModified, ...(upserted && { upserted }) }).toEqual({ ok: 1, ...expected });
  });

  test.each<[string, mongo.Document, number]>([
    ['multi replacement', { q: {}, u: { a: 1 }, multi: true }, 9],
    ['unknown operator', { q: {}, u: { $foo: { a: 1 } } }, 9],
    ['change of _id', { q: {}, u: { $set: { _id: 9 } } }, 66],
    ['conflict', { q: {}, u: { $set: { a: 1 }, $inc: { a: 1 } } }, 40],
    ['$inc of a text', { q: {}, u: { $inc: { s: 1 } } }, 14],
    ['path through a scalar', { q: {}, u: { $set: { 'a.b': 1 } } }, 28],
    ['unknown query operator', { q: { a: { $foo: 1 } }, u: { $set: { a: 1 } } }, 2],
    ['unused array filter', { q: {}, u: { $set: { a: 1 } }, arrayFilters: [{ x: 1 }] }, 9],
  ])('refuses: %s', async (_name, statement, code) => {
    await c.insertOne({ _id: 1 as unknown as mongo.ObjectId, a: 1, s: 'text' });
    const answer = await run({ update: c.collectionName, updates: [statement] }).catch((error) => error);
    expect(answer.writeErrors?.[0]?.code ?? answer.code).toBe(code);
  });

  test('a unique index holds for updates, and a failed one leaves nothing behind', async () => {
    await c.createIndex({ u: 1 }, { unique: true });
    await c.insertMany([{ u: 1 }, { u: 2 }]);
    const error = await errorOf(c.updateOne({ u: 2 }, { $set: { u: 1 } }));
    expect(error).toMatchObject({ code: 11000, keyPattern: { u: 1 }, keyValue: { u: 1 } });
    expect(await c.find({ u: 2 }).toArray()).toHaveLength(1);
    await c.updateOne({ u: 2 }, { $set: { u: 3 } });
    await c.insertOne({ u: 2 });
  });

  test('let, hint, collation', async () => {
    await c.insertMany([
      { n: 'Đà Nẵng', k: 1 },
      { n: 'đà nẵng', k: 2 },
    ]);
    const collation = { locale: 'vi', strength: 2 };
    const { nModified } = await run({
      update: c.collectionName,
      updates: [
        {
          q: { n: 'ĐÀ NẴNG', $expr: { $eq: ['$k', '$$wanted'] } },
          u: { $set: { hit: true } },
          multi: true,
          collation,
          hint: '_id_',
        },
      ],
      let: { wanted: 2 },
    });
    expect(nModified).toBe(1);
    expect(await c.find({ hit: true }).toArray()).toMatchObject([{ k: 2 }]);
  });
});

describe('delete', () => {
  test.each([
    [1, 1, 2],
    [0, 3, 0],
  ])('limit %i removes %i', async (limit, n, left) => {
    await c.insertMany([{ a: 1 }, { a: 1 }, { a: 1 }]);
    expect(await run({ delete: c.collectionName, deletes: [{ q: { a: 1 }, limit }] })).toMatchObject({
      ok: 1,
      n,
    });
    expect(await c.countDocuments()).toBe(left);
    expect(await c.estimatedDocumentCount()).toBe(left);
  });

  test('refuses other limits', async () => {
    const answer = await run({ delete: c.collectionName, deletes: [{ q: {}, limit: 2 }] }).catch(
      (error) => error,
    );
    expect(answer.writeErrors?.[0]?.code ?? answer.code).toBe(9);
  });
});

describe('findAndModify', () => {
  beforeEach(async () => {
    await c.insertMany([3, 1, 2].map((a) => ({ _id: a, a, tags: ['x', 'y'] }) as unknown as mongo.Document));
  });

  test.each<[string, mongo.Document, mongo.Document, mongo.Document | null]>([
    [
      'update, old',
      { query: { a: 1 }, update: { $inc: { a: 10 } }, fields: { a: 1 } },
      { n: 1, updatedExisting: true },
      { _id: 1, a: 1 },
    ],
    [
      'update, new',
      { query: { a: 1 }, update: { $inc: { a: 10 } }, new: true, fields: { a: 1 } },
      { n: 1, updatedExisting: true },
      { _id: 1, a: 11 },
    ],
    ['sort', { query: {}, sort: { a: -1 }, remove: true, fields: { a: 1 } }, { n: 1 }, { _id: 3, a: 3 }],
    ['none', { query: { a: 9 }, update: { $set: { a: 1 } } }, { n: 0, updatedExisting: false }, null],
    ['remove none', { query: { a: 9 }, remove: true }, { n: 0 }, null],
    [
      'upsert, old',
      { query: { _id: 9 }, update: { $set: { a: 1 } }, upsert: true },
      { n: 1, updatedExisting: false, upserted: 9 },
      null,
    ],
    [
      'upsert, new',
      { query: { _id: 9 }, update: { $set: { a: 1 } }, upsert: true, new: true },
      { n: 1, updatedExisting: false, upserted: 9 },
      { _id: 9, a: 1 },
    ],
    [
      'positional',
      { query: { a: 1, tags: 'y' }, update: { $set: { 'tags.$': 'z' } }, new: true, fields: { tags: 1 } },
      { n: 1, updatedExisting: true },
      { _id: 1, tags: ['x', 'z'] },
    ],
  ])('%s', async (_name, command, lastErrorObject, value) => {
    const answer = await run({ findAndModify: c.collectionName, ...command });
    expect(answer.lastErrorObject).toEqual(lastErrorObject);
    expect(answer.value).toEqual(value);
  });

  test.each([
    [{ query: {} }],
    [{ query: {}, remove: true, update: { a: 1 } }],
    [{ query: {}, remove: true, new: true }],
    [{ query: {}, remove: true, upsert: true }],
  ])('refuses %j', async (command) => {
    expect(await errorOf(run({ findAndModify: c.collectionName, ...command }))).toMatchObject({ code: 9 });
  });
});

describe('bulkWrite', () => {
  test('keeps the order of kinds and tells each error its index', async () => {
    const error = (await errorOf(
      c.bulkWrite(
        [
          { insertOne: { document: { _id: 1 as unknown as mongo.ObjectId } } },
          { insertOne: { document: { _id: 1 as unknown as mongo.ObjectId } } },
          { updateOne: { filter: { _id: 1 as unknown as mongo.ObjectId }, update: { $set: { a: 1 } } } },
          { deleteMany: { filter: { a: 2 } } },
          { replaceOne: { filter: { x: 1 }, replacement: { y: 1 }, upsert: true } },
        ],
        { ordered: false },
      ),
    )) as unknown as mongo.MongoBulkWriteError;
    expect(error.result).toMatchObject({
      insertedCount: 1,
      modifiedCount: 1,
      upsertedCount: 1,
      deletedCount: 0,
    });
    expect([error.writeErrors].flat().map((one) => one.index)).toEqual([1]);
  });

  test('w:0 writes are done though nobody is told', async () => {
    await c.insertOne({ a: 1 }, { writeConcern: { w: 0 } });
    await expect.poll(() => c.countDocuments()).toBe(1);
  });
});

describe('validation', () => {
  test('refuses what breaks the validator', async () => {
    await database.db.createCollection(c.collectionName, {
      validator: { $jsonSchema: { required: ['a'], properties: { a: { bsonType: 'int' } } } },
    });
    expect(await errorOf(c.insertOne({ b: 1 }))).toMatchObject({ code: 121 });
    await c.insertOne({ a: 1 });
    expect(await errorOf(c.updateOne({ a: 1 }, { $set: { a: 'x' } }))).toMatchObject({ code: 121 });
    await c.insertOne({ b: 1 }, { bypassDocumentValidation: true });
  });
});

describe('concerns and fields', () => {
  test.each<[string, mongo.Document, number]>([
    ['unknown field', { insert: 'x', documents: [{}], foo: 1 }, 40415],
    ['wrong type', { insert: 'x', documents: 'no' }, 14],
    ['missing field', { insert: 'x' }, 40414],
    ['unknown command', { foo: 1 }, 59],
    ['bad name', { insert: '', documents: [{}] }, 73],
    ['name with $', { insert: 'a$b', documents: [{}] }, 73],
    ['no write concern', { insert: 'x', documents: [{}], writeConcern: { foo: 3 } }, 40415],
  ])('%s', async (_name, command, code) => {
    expect(await errorOf(run(command))).toMatchObject({ code });
  });

  test.each<[string, number | string, number]>([
    ['too many nodes', 3, 100],
    ['an unknown mode', 'foo', 79],
  ])('a concern for %s: the write is done, and its answer says so', async (_name, w, code) => {
    const error = await errorOf(
      c.insertOne({ a: 1 }, { writeConcern: { w } as unknown as mongo.WriteConcern }),
    );
    expect(error).toMatchObject({ code });
    expect(await c.countDocuments()).toBe(1);
  });
});
