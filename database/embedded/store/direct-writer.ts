import { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import type { Value } from '../core/values.ts';
import type { Catalog, Collection } from './catalog.ts';
import type { ChangedCollection, ChangeLog } from './change-log.ts';
import { describeUpdate } from './describe-update.ts';
import type { Files } from './files.ts';
import { type Index, type IndexEntries, isTrue } from './index-definition.ts';
import { recordKey } from './keys.ts';
import { Blocked, keyLock, type LockHolder, type Locks, recordLock } from './locks.ts';
import {
  allEntries,
  holders,
  holdsValues,
  putEntries,
  readRecord,
  refuseDuplicate,
  removeEntries,
} from './records.ts';
import type { ChangeKind, Writer } from './writer.ts';

const LARGEST = 16 * 1024 * 1024;

/** The parts of the store that a write touches. */
export interface Parts {
  readonly files: Files;
  readonly catalog: Catalog;
  readonly log: ChangeLog;
  readonly locks: Locks;
}

/** Which session and transaction a change belongs to, for its change event. */
export interface Origin {
  readonly session: Document;
  readonly number: bigint;
}

/** Writes into the LMDB transaction of the commit under way. */
export class DirectWriter implements Writer {
  readonly snapshot = undefined;
  /** The number of the commit under way. */
  readonly version: number;
  readonly #parts: Parts;
  /** Counts what was written, so that the queue can tell a job that failed before it wrote. */
  writes = 0;
  #holder: LockHolder | undefined;
  #origin: Origin | undefined;

  constructor(parts: Parts, version: number) {
    this.#parts = parts;
    this.version = version;
  }

  get parts(): Parts {
    return this.#parts;
  }

  overlay(): undefined {
    return undefined;
  }

  collection(db: string, name: string): Collection | undefined {
    return this.#parts.catalog.find(db, name);
  }

  get(collection: Collection, record: number): Document | undefined {
    return readRecord(this.#parts.files, collection, record);
  }

  /** Makes a collection; `prepared` is one that a transaction already wrote to. */
  create(db: string, name: string, options: Document, prepared?: Collection): Collection {
    this.writes++;
    const { catalog } = this.#parts;
    const collection = prepared ?? catalog.prepare(db, name, options);
    catalog.save(collection);
    this.note(
      'create',
      collection,
      Document.of([
        ['options', options],
        ['uuid', collection.uuid],
      ]),
    );
    return collection;
  }

  insert(collection: Collection, doc: Document, record = collection.nextRecord): void {
    const entries = allEntries(collection, doc);
    const bytes = doc.toBytes();
    if (bytes.length > LARGEST) refuseInsert(bytes.length);
    this.#checkKeys(collection, entries, record);
    this.writes++;
    if (record >= collection.nextRecord) collection.nextRecord = record + 1;
    this.#putAll(collection, entries, record);
    this.#parts.files.documents.putSync(recordKey(collection.number, record), bytes);
    this.#parts.catalog.counted(collection, 1, bytes.length);
    this.note('insert', collection, Document.fromColumns(['o'], [doc]));
  }

  replace(
    collection: Collection,
    record: number,
    before: Document,
    after: Document,
    change: ChangeKind,
  ): void {
    this.#checkLock(recordLock(collection, record));
    const old = allEntries(collection, before);
    const entries = allEntries(collection, after);
    const bytes = after.toBytes();
    if (bytes.length > LARGEST) refuseUpdate();
    this.#checkKeys(collection, entries, record, old);
    this.writes++;
    for (let i = 0; i < collection.indexes.length; i++)
      this.#moveEntries(collection, i, old[i], entries[i], record);
    this.#parts.files.documents.putSync(recordKey(collection.number, record), bytes);
    this.#parts.catalog.counted(collection, 0, bytes.length - before.toBytes().length);
    const body = describeUpdate(before, after, change);
    this.note(change.kind, collection, withImages(collection, body, before, after));
  }

  remove(collection: Collection, record: number, before: Document): void {
    this.#checkLock(recordLock(collection, record));
    const { files, catalog } = this.#parts;
    this.writes++;
    allEntries(collection, before).forEach((entries, i) => {
      removeEntries(files, collection.indexes[i] as Index, entries.keys, record);
    });
    files.documents.removeSync(recordKey(collection.number, record));
    catalog.counted(collection, -1, -before.toBytes().length);
    const body = Document.fromColumns(['id'], [before.get('_id') ?? null]);
    this.note('delete', collection, withImages(collection, body, before, undefined));
  }

  /** Writes on behalf of a transaction: its own locks do not block, its changes carry its number. */
  as(holder: LockHolder, origin: Origin, write: () => void): void {
    this.#holder = holder;
    this.#origin = origin;
    try {
      write();
    } finally {
      this.#holder = undefined;
      this.#origin = undefined;
    }
  }

  /** Adds a change to the log, with the session and number of the transaction it belongs to. */
  note(kind: string, collection: ChangedCollection, body: Document): void {
    const origin = this.#origin;
    const full = origin
      ? Document.of([...body.entries(), ['lsid', origin.session], ['txnNumber', origin.number]])
      : body;
    this.#parts.log.append(kind, collection, full);
  }

  #checkLock(name: string): void {
    const { locks } = this.#parts;
    if (locks.size === 0) return;
    const holder = locks.holderOf(name);
    if (holder && holder !== this.#holder) throw new Blocked(holder);
  }

  /** Throws 11000 when another record has a key of a unique index. */
  #checkKeys(
    collection: Collection,
    all: readonly IndexEntries[],
    record: number,
    old?: readonly IndexEntries[],
  ): void {
    for (let i = 0; i < all.length; i++) {
      const index = collection.indexes[i] as Index;
      if (!index.unique) continue;
      for (const key of (all[i] as IndexEntries).keys) {
        if (old && sameKeys(old[i] as IndexEntries, all[i] as IndexEntries)) continue;
        if (this.#parts.locks.size > 0) this.#checkLock(keyLock(index.number, key.bytes));
        for (const other of holders(this.#parts.files, index, key)) {
          if (other === record) continue;
          const doc = key.truncated ? this.get(collection, other) : undefined;
          if (!doc || holdsValues(index, doc, key.values)) refuseDuplicate(collection, index, key.values);
        }
      }
    }
  }

  #putAll(collection: Collection, all: readonly IndexEntries[], record: number): void {
    for (let i = 0; i < all.length; i++) {
      const index = collection.indexes[i] as Index;
      const entries = all[i] as IndexEntries;
      this.noteArrays(collection, index, entries);
      putEntries(this.#parts.files, index, entries.keys, record);
    }
  }

  #moveEntries(
    collection: Collection,
    i: number,
    old: IndexEntries | undefined,
    entries: IndexEntries | undefined,
    record: number,
  ): void {
    if (!old || !entries || sameKeys(old, entries)) return;
    const index = collection.indexes[i] as Index;
    const { files } = this.#parts;
    removeEntries(files, index, old.keys, record);
    this.noteArrays(collection, index, entries);
    putEntries(files, index, entries.keys, record);
  }

  /** Remembers that arrays or long values were met: from then on the planner minds them. */
  noteArrays(collection: Collection, index: Index, entries: IndexEntries): void {
    let changed = !index.longKeys && entries.keys.some((key) => key.truncated);
    if (changed) index.longKeys = true;
    for (const path of entries.arrays) {
      if (index.multikey.has(path)) continue;
      index.multikey.add(path);
      changed = true;
    }
    if (changed) this.#parts.catalog.save(collection);
  }
}

function refuseInsert(size: number): never {
  return fail(2, 'BadValue', `object to insert too large. size in bytes: ${size}, max size: ${LARGEST}`);
}

function refuseUpdate(): never {
  return fail(17419, 'Location17419', `Resulting document after update is larger than ${LARGEST}`);
}

function sameKeys(a: IndexEntries, b: IndexEntries): boolean {
  return (
    a.keys.length === b.keys.length &&
    a.keys.every((key, i) => Buffer.compare(key.bytes, b.keys[i]?.bytes ?? new Uint8Array(0)) === 0)
  );
}

function withImages(
  collection: Collection,
  body: Document,
  before: Document,
  after: Document | undefined,
): Document {
  const option = collection.options.get('changeStreamPreAndPostImages');
  if (!(option instanceof Document) || !isTrue(option.get('enabled'))) return body;
  const images: [string, Value][] = [['pre', before]];
  if (after) images.push(['post', after]);
  return Document.of([...body.entries(), ...images]);
}
