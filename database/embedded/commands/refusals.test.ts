import type { mongo } from 'mongoose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BSON, errorOf, openTestDatabase, type TestDatabase } from '../testing/database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  const c = database.db.collection<mongo.Document>('asked');
  await c.createIndex({ a: 1 }, { name: 'plain' });
  await c.createIndex({ a: 1 }, { name: 'vi', collation: { locale: 'vi' } });
  await c.insertMany([{ a: 1 }, { a: 2 }, { a: 3 }]);
});
afterAll(async () => {
  await database.stop();
  expect(database.reported).toEqual([]);
});

/** The code of a command's failure, or of the first write error in its answer. */
async function codeOf(command: mongo.Document): Promise<unknown> {
  const answer = await database.db.command(command).catch((error: mongo.MongoServerError) => error);
  return 'writeErrors' in answer ? answer.writeErrors[0].code : answer.code;
}

const createIndex = (index: mongo.Document): mongo.Document => ({
  createIndexes: 'asked',
  indexes: [{ name: 'new', key: { b: 1 }, ...index }],
});
const update = (statement: mongo.Document): mongo.Document => ({
  update: 'asked',
  updates: [{ q: {}, u: { $set: { 'a.$[i]': 1 } }, ...statement }],
});

test.each<[string, mongo.Document, number]>([
  ['a collation that is no document', { create: 'x', collation: 'vi' }, 14],
  ['a validator that is no document', { create: 'x', validator: 7 }, 14],
  ['a validator with a text search', { create: 'x', validator: { $text: { $search: 'a' } } }, 2],
  ['a write concern where nothing is written', { find: 'asked', writeConcern: { w: 1 } }, 72],
  ['a hint that is a number', { find: 'asked', hint: 5 }, 9],
  ['a hint of a delete that is a number', { delete: 'asked', deletes: [{ q: {}, limit: 1, hint: 5 }] }, 9],
  ['$natural in a compound hint', { find: 'asked', hint: { $natural: 1, a: 1 } }, 2],
  [
    'a sort by $natural beside the hint of an index',
    { find: 'asked', sort: { $natural: 1 }, hint: { a: 1 } },
    2,
  ],
  ['an index of version 0', createIndex({ v: 0 }), 67],
  ['an index name with a zero byte', createIndex({ name: 'a\0b' }), 67],
  ['an index on a DBRef part at the top', createIndex({ key: { $db: 1 } }), 67],
  ['an expiry before 1970', createIndex({ expireAfterSeconds: 9_999_999_999_999 }), 67],
  ['an index on _id that says it is unique', createIndex({ key: { _id: 1 }, unique: true }), 197],
  ['an index to drop that is a number in a list', { dropIndexes: 'asked', index: ['plain', 5] }, 14],
  ['a key pattern of two indexes', { collMod: 'asked', index: { keyPattern: { a: 1 }, hidden: true } }, 181],
  ['an unknown change of an index', { collMod: 'asked', index: { name: 'vi', hidden: true, odd: 1 } }, 40415],
  ['an array filter that is no document', update({ arrayFilters: ['bad'] }), 14],
  ['an array filter with a text search', update({ arrayFilters: [{ $text: { $search: 'a' } }] }), 2],
  ['a distinct key with a zero byte', { distinct: 'asked', key: 'a\0' }, 31032],
  [
    'a regular expression of more than 32,761 characters',
    { find: 'asked', filter: { a: { $regex: 'c'.repeat(32_762) } } },
    51091,
  ],
  ['regex options with a zero byte', { find: 'asked', filter: { a: { $regex: 'c', $options: 'i\0' } } }, 2],
  [
    '$jsonSchema inside an $elemMatch projection',
    { find: 'asked', projection: { a: { $elemMatch: { $jsonSchema: {} } } } },
    224,
  ],
  [
    'the position of a new document',
    { findAndModify: 'asked', query: { a: 1 }, update: { $set: { b: 1 } }, fields: { 'a.$': 1 }, new: true },
    2,
  ],
])('%s', async (_name, command, code) => {
  expect(await codeOf(command)).toBe(code);
});

test('a time limit for getMore of a cursor that does not wait', async () => {
  const { cursor } = await database.db.command({ find: 'asked', batchSize: 1 });
  const getMore = { getMore: cursor.id, collection: 'asked', maxTimeMS: 10 };
  expect(await errorOf(database.db.command(getMore))).toMatchObject({ code: 2 });
});

test('a cursor whose index or collection goes away', async () => {
  const c = database.db.collection('going');
  await c.createIndex({ a: 1 }, { name: 'gone' });
  await c.insertMany([{ a: 1 }, { a: 2 }, { a: 3 }]);
  const open = async (work: mongo.FindCursor | mongo.AggregationCursor) => {
    await work.next();
    return work;
  };
  const options = { batchSize: 1 };
  const byIndex = await open(c.find({}, { hint: 'gone', ...options }));
  const byScan = await open(c.find({}, options));
  const aggregated = await open(c.aggregate([{ $match: {} }], options));
  await c.dropIndex('gone');
  expect(await errorOf(byIndex.toArray())).toMatchObject({ code: 175 });
  expect(await byScan.toArray()).toHaveLength(2);
  const another = await open(c.find({}, options));
  await c.rename('renamed');
  expect(await errorOf(another.toArray())).toMatchObject({ code: 175 });
  expect(await errorOf(aggregated.toArray())).toMatchObject({ code: 175 });
});

test('an _id that is null stays null, wherever it stands', async () => {
  const c = database.db.collection('nulls');
  await database.db.command({ insert: 'nulls', documents: [{ a: 1, _id: null }] });
  expect(await c.findOne({})).toEqual({ _id: null, a: 1 });
});

test('a negative limit of a count', async () => {
  expect(await database.db.command({ count: 'asked', limit: -2 })).toMatchObject({ n: 2 });
});

test('a validator compares by the collation of its collection', async () => {
  const options = { validator: { a: 'xyz' }, collation: { locale: 'en', strength: 2 } };
  const c = await database.db.createCollection('compared', options);
  await c.insertOne({ a: 'XYZ' });
  expect(await errorOf(c.insertOne({ a: 'abc' }))).toMatchObject({ code: 121 });
});

test('binary data of subtype 2 has the bits of its contents', async () => {
  const c = database.db.collection('bits');
  const bytes = Buffer.from([0b101]);
  await c.insertMany([{ b: new BSON.Binary(bytes, 2) }, { b: new BSON.Binary(bytes, 0) }]);
  for (const subtype of [0, 2]) {
    const mask = new BSON.Binary(Buffer.from([0b100]), subtype);
    expect(await c.countDocuments({ b: { $bitsAllSet: mask } })).toBe(2);
  }
});
