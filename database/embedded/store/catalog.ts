import { randomBytes } from 'node:crypto';
import { Document } from '../core/document.ts';
import { Binary, int32, type Value } from '../core/values.ts';
import type { Files } from './files.ts';
import { type Index, indexOf } from './index-definition.ts';
import { afterPrefix, prefixOf, recordOfKey } from './keys.ts';

/** A collection as the database holds it. Fields change only inside a commit. */
export interface Collection {
  readonly number: number;
  readonly db: string;
  name: string;
  readonly uuid: Binary;
  options: Document;
  indexes: Index[];
  documents: number;
  bytes: number;
  nextRecord: number;
}

export function namespaceOf(collection: Collection): string {
  return `${collection.db}.${collection.name}`;
}

const COUNTER = Buffer.from('next');
const counterKey = (number: number): Buffer => Buffer.concat([Buffer.from('count:'), prefixOf(number)]);
const dropKey = (number: number): Buffer => Buffer.concat([Buffer.from('drop:'), prefixOf(number)]);

const ID_INDEX = Document.of([
  ['v', int32(2)],
  ['key', Document.of([['_id', int32(1)]])],
  ['name', '_id_'],
]);

/** The id index that every collection has; it compares as the collection does. */
function idIndexOf(options: Document): Document {
  const collation = options.get('collation');
  return collation === undefined ? ID_INDEX : Document.of([...ID_INDEX.entries(), ['collation', collation]]);
}

/**
 * All collections, in memory and in the file. Changes are made inside a commit; when that commit fails,
 * `load` brings the memory back to what the file says.
 */
export class Catalog {
  readonly #files: Files;
  #databases = new Map<string, Map<string, Collection>>();
  #next = 1;
  readonly #changedCounts = new Set<Collection>();
  /** Raised whenever a plan made earlier may not hold any more. */
  version = 0;

  constructor(files: Files) {
    this.#files = files;
    this.load();
  }

  load(): void {
    this.#databases = new Map();
    this.#changedCounts.clear();
    this.version++;
    this.#next = Number(this.#files.meta.get(COUNTER)?.toString() ?? '1');
    for (const { value } of this.#files.catalog.getRange({}))
      this.#add(this.#read(Document.fromBytes(Buffer.from(value))));
  }

  find(db: string, name: string): Collection | undefined {
    return this.#databases.get(db)?.get(name);
  }

  byNumber(number: number): Collection | undefined {
    for (const collections of this.#databases.values()) {
      for (const collection of collections.values()) if (collection.number === number) return collection;
    }
    return undefined;
  }

  databases(): string[] {
    return [...this.#databases.keys()].sort();
  }

  collections(db: string): Collection[] {
    return [...(this.#databases.get(db)?.values() ?? [])];
  }

  /** A collection that is not in the catalog yet; a transaction keeps it to itself until it commits. */
  prepare(db: string, name: string, options: Document): Collection {
    const uuid = randomBytes(16);
    uuid[6] = ((uuid[6] as number) & 0x0f) | 0x40;
    uuid[8] = ((uuid[8] as number) & 0x3f) | 0x80;
    const collection: Collection = {
      number: this.takeNumber(),
      db,
      name,
      uuid: new Binary(uuid, 4),
      options,
      indexes: [],
      documents: 0,
      bytes: 0,
      nextRecord: 1,
    };
    collection.indexes.push(
      indexOf(this.takeNumber(), idIndexOf(options), { multikey: [], ready: true, longKeys: false }),
    );
    return collection;
  }

  takeNumber(): number {
    return this.#next++;
  }

  /** Puts a prepared or changed collection into catalog and file. */
  save(collection: Collection): void {
    if (this.find(collection.db, collection.name) !== collection) this.#add(collection);
    this.#files.catalog.putSync(Buffer.from(namespaceOf(collection)), describe(collection).toBytes());
    this.#files.meta.putSync(COUNTER, Buffer.from(String(this.#next)));
    this.version++;
  }

  /** Takes a collection out; its documents and index entries are swept later. */
  remove(collection: Collection): void {
    const collections = this.#databases.get(collection.db);
    collections?.delete(collection.name);
    if (collections?.size === 0) this.#databases.delete(collection.db);
    this.#files.catalog.removeSync(Buffer.from(namespaceOf(collection)));
    this.#files.meta.removeSync(counterKey(collection.number));
    this.#changedCounts.delete(collection);
    this.leave('documents', collection.number);
    for (const index of collection.indexes) this.leave('indexes', index.number);
    this.version++;
  }

  rename(collection: Collection, name: string): void {
    this.#databases.get(collection.db)?.delete(collection.name);
    this.#files.catalog.removeSync(Buffer.from(namespaceOf(collection)));
    collection.name = name;
    this.save(collection);
  }

  /** Notes that the keys below this number are rubbish. */
  leave(table: 'documents' | 'indexes', number: number): void {
    this.#files.meta.putSync(dropKey(number), Buffer.from(table));
  }

  /** Numbers whose keys are still to be removed. */
  left(): { number: number; table: 'documents' | 'indexes' }[] {
    const start = Buffer.from('drop:');
    const all = [...this.#files.meta.getRange({ start, end: afterPrefix(start) })];
    return all.map(({ key, value }) => ({
      number: Buffer.from(key).readUInt32BE(start.length),
      table: value.toString() as 'documents' | 'indexes',
    }));
  }

  swept(number: number): void {
    this.#files.meta.removeSync(dropKey(number));
  }

  counted(collection: Collection, documents: number, bytes: number): void {
    collection.documents += documents;
    collection.bytes += bytes;
    this.#changedCounts.add(collection);
  }

  /** Writes the counts that changed; the last act of a commit. */
  saveCounts(): void {
    for (const collection of this.#changedCounts) {
      const bytes = Buffer.allocUnsafe(16);
      bytes.writeDoubleBE(collection.documents, 0);
      bytes.writeDoubleBE(collection.bytes, 8);
      this.#files.meta.putSync(counterKey(collection.number), bytes);
    }
    this.#changedCounts.clear();
  }

  #add(collection: Collection): void {
    const collections = this.#databases.get(collection.db) ?? new Map<string, Collection>();
    collections.set(collection.name, collection);
    this.#databases.set(collection.db, collections);
  }

  #read(stored: Document): Collection {
    const number = stored.get('number') as number;
    const count = this.#files.meta.get(counterKey(number));
    return {
      number,
      db: stored.get('db') as string,
      name: stored.get('name') as string,
      uuid: stored.get('uuid') as Binary,
      options: stored.get('options') as Document,
      indexes: (stored.get('indexes') as Document[]).map(readIndex),
      documents: count ? Buffer.from(count).readDoubleBE(0) : 0,
      bytes: count ? Buffer.from(count).readDoubleBE(8) : 0,
      nextRecord: this.#lastRecord(number) + 1,
    };
  }

  #lastRecord(number: number): number {
    const range = { start: afterPrefix(prefixOf(number)), end: prefixOf(number), reverse: true, limit: 1 };
    const [last] = [...this.#files.documents.getKeys(range)];
    return last === undefined ? 0 : recordOfKey(last);
  }
}

function readIndex(stored: Document): Index {
  return indexOf(stored.get('number') as number, stored.get('spec') as Document, {
    multikey: stored.get('multikey') as string[],
    ready: stored.get('ready') as boolean,
    longKeys: stored.get('longKeys') as boolean,
  });
}

function describe(collection: Collection): Document {
  const indexes: Value[] = collection.indexes.map((index) =>
    Document.of([
      ['number', index.number],
      ['spec', index.spec],
      ['multikey', [...index.multikey]],
      ['ready', index.ready],
      ['longKeys', index.longKeys],
    ]),
  );
  return Document.of([
    ['number', collection.number],
    ['db', collection.db],
    ['name', collection.name],
    ['uuid', collection.uuid],
    ['options', collection.options],
    ['indexes', indexes],
  ]);
}
