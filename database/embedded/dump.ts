import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { mongo } from 'mongoose';
import mongoose from 'mongoose';
import { FORMAT, type RecordKind, recordBytes } from './dump-file.ts';

export interface MoveOptions {
  readonly file: string;
  readonly uri: string;
  readonly log: (line: string) => void;
}

const { MongoClient, BSON } = mongoose.mongo;
const systemDatabases = new Set(['admin', 'local', 'config']);

/** A file that is written record by record, as fast as the disk takes them. */
class DumpWriter {
  readonly #stream;
  constructor(file: string) {
    this.#stream = createWriteStream(file, { highWaterMark: 1 << 20 });
  }

  async write(kind: RecordKind, document: Buffer): Promise<void> {
    const parts = recordBytes(kind, document);
    const room = parts.map((part) => this.#stream.write(part)).at(-1);
    if (!room) await once(this.#stream, 'drain');
  }

  async end(): Promise<void> {
    this.#stream.end();
    await once(this.#stream, 'finish');
  }
}

const bson = (doc: mongo.Document): Buffer => Buffer.from(BSON.serialize(doc));

async function dumpCollection(db: mongo.Db, info: mongo.CollectionInfo, out: DumpWriter): Promise<number> {
  const collection = db.collection(info.name);
  const indexes = await collection.listIndexes().toArray();
  await out.write('C', bson({ db: db.databaseName, name: info.name, options: info.options ?? {}, indexes }));
  let count = 0;
  for await (const raw of collection.find({}, { raw: true, timeout: false } as mongo.FindOptions)) {
    await out.write('D', Buffer.from(raw as unknown as Uint8Array));
    count++;
  }
  await out.write('E', bson({ count: new BSON.Double(count) }));
  return count;
}

async function dumpDatabase(db: mongo.Db, out: DumpWriter, log: (line: string) => void): Promise<void> {
  const infos = (await db.listCollections().toArray()) as mongo.CollectionInfo[];
  for (const info of infos.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (info.name.startsWith('system.')) continue;
    if (info.type !== 'collection') {
      log(`${db.databaseName}.${info.name}: left out, it is a ${info.type}`);
      continue;
    }
    const count = await dumpCollection(db, info, out);
    log(`${db.databaseName}.${info.name}: ${count} documents`);
  }
}

/**
 * Writes all databases of a MongoDB (this one or any other) into a file: collections with their options, indexes and
 * documents, byte for byte. Views and system databases are left out, and said so.
 */
export async function dump({ file, uri, log }: MoveOptions): Promise<void> {
  const client = await MongoClient.connect(uri);
  const out = new DumpWriter(file);
  try {
    await out.write('H', bson({ format: FORMAT, version: 1, at: new Date() }));
    const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true });
    for (const { name } of databases)
      if (!systemDatabases.has(name)) await dumpDatabase(client.db(name), out, log);
    await out.write('Z', bson({}));
  } finally {
    await out.end();
    await client.close();
  }
}
