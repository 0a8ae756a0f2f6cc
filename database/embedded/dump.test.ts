import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { mongo } from 'mongoose';
import { afterEach, expect, test } from 'vitest';
import { dump } from './dump.ts';
import { restore } from './restore.ts';
import { BSON, openTestDatabase, type TestDatabase, temporaryDirectory } from './testing/database.ts';

const open: TestDatabase[] = [];
const dirs: string[] = [];

afterEach(async () => {
  for (const database of open.splice(0)) await database.stop();
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true });
});

async function start(): Promise<TestDatabase> {
  const database = await openTestDatabase();
  open.push(database);
  return database;
}

function fileName(): string {
  const dir = temporaryDirectory();
  dirs.push(dir);
  return join(dir, 'all.dump');
}

async function rawDocuments(collection: mongo.Collection): Promise<string[]> {
  const raw = (await collection
    .find({}, { raw: true })
    .sort({ _id: 1 })
    .toArray()) as unknown as Uint8Array[];
  return raw.map((bytes) => Buffer.from(bytes).toString('hex'));
}

test('everything arrives: documents byte for byte, options, indexes, counts', async () => {
  const source = await start();
  const people = await source.db.createCollection('people', {
    validator: { n: { $gte: 0 } },
    collation: { locale: 'vi', strength: 1 },
  });
  await people.createIndex({ n: 1 }, { unique: true });
  await people.createIndex({ 'a.b': 1, n: -1 }, { name: 'own', sparse: true });
  await people.createIndex({ at: 1 }, { expireAfterSeconds: 100_000, collation: { locale: 'simple' } });
  const fields = new Map<string, unknown>([
    ['10', 1],
    ['2', new BSON.Double(2)],
    ['', BSON.Long.fromString('9007199254740993')],
  ]);
  await people.insertMany(
    Array.from({ length: 2500 }, (_, n) => ({
      n,
      at: new Date(n),
      fields,
      d: BSON.Decimal128.fromString('0.10'),
      r: new BSON.BSONRegExp('a', 'i'),
    })),
  );
  await source.client
    .db('other')
    .collection('few')
    .insertMany([{ _id: 1 as unknown as mongo.ObjectId }, { _id: 'x' as unknown as mongo.ObjectId }]);
  await source.client.db('other').createCollection('empty');

  const file = fileName();
  const lines: string[] = [];
  await dump({ file, uri: source.running.uri, log: (line) => lines.push(line) });
  expect(lines).toEqual([
    'other.empty: 0 documents',
    'other.few: 2 documents',
    'test.people: 2500 documents',
  ]);

  const target = await start();
  await restore({ file, uri: target.running.uri, log: (line) => lines.push(line) });
  expect(lines.slice(3)).toEqual([
    'other.empty: 0 documents, 1 indexes',
    'other.few: 2 documents, 1 indexes',
    'test.people: 2500 documents, 4 indexes',
  ]);
  const arrived = target.db.collection('people');
  expect(await rawDocuments(arrived)).toEqual(await rawDocuments(people));
  expect(await arrived.indexes()).toEqual(await people.indexes());
  const options = async (database: TestDatabase) =>
    (await database.db.listCollections({ name: 'people' }).toArray()).map(
      (info) => (info as mongo.CollectionInfo).options,
    );
  expect(await options(target)).toEqual(await options(source));
});

test('a restore does not touch what is there, and refuses a file that was cut', async () => {
  const source = await start();
  await source.db.collection('c').insertMany([{ a: 1 }, { a: 2 }]);
  const file = fileName();
  const log = () => undefined;
  await dump({ file, uri: source.running.uri, log });
  await expect(restore({ file, uri: source.running.uri, log })).rejects.toThrow(/test\.c is there already/u);
  const target = await start();
  writeFileSync(file, readFileSync(file).subarray(0, -10));
  await expect(restore({ file, uri: target.running.uri, log })).rejects.toThrow(/cut short/u);
  writeFileSync(file, 'no dump');
  await expect(restore({ file, uri: target.running.uri, log })).rejects.toThrow(/no dump/u);
});
