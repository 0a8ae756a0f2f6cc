import type { mongo } from 'mongoose';
import mongoose from 'mongoose';
import type { Document } from './core/document.ts';
import { toDriver } from './driver-values.ts';
import type { MoveOptions } from './dump.ts';
import { type DumpRecord, FORMAT, readRecords } from './dump-file.ts';

const { MongoClient, BSON } = mongoose.mongo;

const BATCH_DOCUMENTS = 1000;
const BATCH_BYTES = 16 * 1024 * 1024;

interface Target {
  readonly collection: mongo.Collection;
  readonly indexes: mongo.IndexDescription[];
  batch: mongo.Document[];
  bytes: number;
  count: number;
}

const parsed = (doc: Document): mongo.Document => BSON.deserialize(doc.toBytes(), { promoteValues: true });

async function begin(client: mongo.MongoClient, doc: Document): Promise<Target> {
  const { db: dbName, name, options, indexes } = parsed(doc);
  const db = client.db(dbName);
  if ((await db.listCollections({ name }, { nameOnly: true }).toArray()).length > 0) {
    throw new Error(`${dbName}.${name} is there already: restore only adds collections that are not`);
  }
  const collection = await db.createCollection(name, options);
  // An index that lists no collation has the simple one, but would now inherit that of the collection.
  const collation = options.collation ? { collation: { locale: 'simple' } } : {};
  const wanted = (indexes as mongo.IndexDescription[])
    .filter((index) => index.name !== '_id_')
    .map((index) => ({ ...collation, ...index }));
  return { collection, indexes: wanted, batch: [], bytes: 0, count: 0 };
}

async function flush(target: Target): Promise<void> {
  if (target.batch.length === 0) return;
  const result = await target.collection.insertMany(target.batch, { forceServerObjectId: true });
  target.count += result.insertedCount;
  target.batch = [];
  target.bytes = 0;
}

async function add(target: Target, doc: Document): Promise<void> {
  const size = doc.toBytes().length;
  if (target.batch.length >= BATCH_DOCUMENTS || target.bytes + size > BATCH_BYTES) await flush(target);
  target.batch.push(toDriver(doc) as mongo.Document);
  target.bytes += size;
}

async function finish(target: Target, doc: Document, log: (line: string) => void): Promise<void> {
  await flush(target);
  for (const { v: _, ns: __, ...index } of target.indexes as (mongo.IndexDescription & {
    v?: number;
    ns?: string;
  })[]) {
    await target.collection.createIndexes([index]);
  }
  const expected = doc.get('count');
  const found = await target.collection.countDocuments({});
  if (found !== expected)
    throw new Error(`${target.collection.namespace}: ${found} documents arrived of ${String(expected)}`);
  log(`${target.collection.namespace}: ${found} documents, ${target.indexes.length + 1} indexes`);
}

function checkHead({ kind, document }: DumpRecord, file: string): void {
  if (kind !== 'H' || document.get('format') !== FORMAT) throw new Error(`${file} is no dump of a database`);
}

/**
 * Puts the collections of a dump into a MongoDB, this one or any other, with options and indexes, and counts what
 * arrived. Throws when a collection is there already or a count differs.
 */
export async function restore({ file, uri, log }: MoveOptions): Promise<void> {
  const client = await MongoClient.connect(uri);
  let target: Target | undefined;
  let first = true;
  try {
    for await (const record of readRecords(file)) {
      if (first) checkHead(record, file);
      first = false;
      if (record.kind === 'C') target = await begin(client, record.document);
      else if (record.kind === 'D' && target) await add(target, record.document);
      else if (record.kind === 'E' && target) await finish(target, record.document, log);
    }
  } finally {
    await client.close();
  }
}
