import type { Transaction as Snapshot } from 'lmdb';
import { Document } from '../core/document.ts';
import { fail, MongoError } from '../core/errors.ts';
import type { Collection } from '../store/catalog.ts';
import type { DirectWriter } from '../store/direct-writer.ts';
import type { Index, IndexEntries } from '../store/index-definition.ts';
import { collectionLock, keyLock, type LockHolder, recordLock } from '../store/locks.ts';
import { allEntries, holders, holdsValues, readRecord, refuseDuplicate } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { ChangeKind, Writer } from '../store/writer.ts';

/** Throws 112: the transaction has to be run again. */
export function refuseConflict(): never {
  throw new MongoError(
    112,
    'WriteConflict',
    'Caused by :: Write conflict during plan execution and yielding is disabled. :: Please retry your operation or multi-document transaction.',
  );
}

/** One change to be made again, in order, by the commit. Records below zero are new ones without a number yet. */
type Operation =
  | { readonly kind: 'create'; readonly collection: Collection }
  | {
      readonly kind: 'insert';
      readonly collection: Collection;
      readonly record: number;
      readonly doc: Document;
    }
  | {
      readonly kind: 'replace';
      readonly collection: Collection;
      readonly record: number;
      readonly before: Document;
      readonly after: Document;
      readonly change: ChangeKind;
    }
  | {
      readonly kind: 'remove';
      readonly collection: Collection;
      readonly record: number;
      readonly before: Document;
    };

const noDocuments: ReadonlyMap<number, Document | undefined> = new Map();

/**
 * A client's transaction: reads in an LMDB snapshot under an overlay of its own writes, which the commit makes
 * again in one LMDB transaction. What it writes is locked at once; who comes second gets 112, or waits when it
 * is no transaction itself.
 */
export class ClientTransaction implements Writer, LockHolder {
  readonly number: bigint;
  readonly startedAt = Date.now();
  readonly snapshot: Snapshot;
  /** The state of the catalog that belongs to the snapshot. */
  readonly version: number;
  readonly ended: Promise<void>;
  readonly #store: Store;
  readonly #overlays = new Map<number, Map<number, Document | undefined>>();
  readonly #keys = new Map<string, number>();
  readonly #created = new Map<string, Collection>();
  readonly #operations: Operation[] = [];
  #lastRecord = 0;
  #open = true;
  #settle: () => void = () => undefined;

  constructor(store: Store, number: bigint) {
    this.#store = store;
    this.number = number;
    this.version = store.version;
    this.snapshot = store.openSnapshot();
    this.ended = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  get isOpen(): boolean {
    return this.#open;
  }

  get hasWrites(): boolean {
    return this.#operations.length > 0;
  }

  collection(db: string, name: string): Collection | undefined {
    return this.#created.get(collectionLock(db, name)) ?? this.#store.collection(db, name);
  }

  /** Whether a collection was made by this transaction. */
  isOwn(collection: Collection): boolean {
    return this.#created.get(collectionLock(collection.db, collection.name)) === collection;
  }

  /** A number for an index of a collection that this transaction makes. */
  takeNumber(): number {
    return this.#store.catalog.takeNumber();
  }

  get(collection: Collection, record: number): Document | undefined {
    const own = this.#overlays.get(collection.number);
    if (own?.has(record)) return own.get(record);
    return readRecord(this.#store.files, collection, record, this.snapshot);
  }

  overlay(collection: Collection): ReadonlyMap<number, Document | undefined> {
    return this.#overlays.get(collection.number) ?? noDocuments;
  }

  create(db: string, name: string, options: Document): Collection {
    this.#lock(collectionLock(db, name));
    const collection = this.#store.catalog.prepare(db, name, options);
    this.#created.set(collectionLock(db, name), collection);
    this.#operations.push({ kind: 'create', collection });
    return collection;
  }

  insert(collection: Collection, doc: Document): void {
    const entries = allEntries(collection, doc);
    const record = this.#lastRecord - 1;
    this.#checkKeys(collection, entries, record);
    this.#lastRecord = record;
    this.#holdKeys(collection, entries, record);
    this.#put(collection, record, doc);
    this.#operations.push({ kind: 'insert', collection, record, doc });
  }

  replace(
    collection: Collection,
    record: number,
    before: Document,
    after: Document,
    change: ChangeKind,
  ): void {
    this.#lockRecord(collection, record);
    const entries = allEntries(collection, after);
    this.#checkKeys(collection, entries, record);
    this.#dropKeys(collection, allEntries(collection, before), record);
    this.#holdKeys(collection, entries, record);
    this.#put(collection, record, after);
    this.#operations.push({ kind: 'replace', collection, record, before, after, change });
  }

  remove(collection: Collection, record: number, before: Document): void {
    this.#lockRecord(collection, record);
    this.#dropKeys(collection, allEntries(collection, before), record);
    this.#put(collection, record, undefined);
    this.#operations.push({ kind: 'remove', collection, record, before });
  }

  /** Makes all changes again inside a commit. Throws 112 when collections have gone or come meanwhile. */
  apply(writer: DirectWriter): void {
    const records = new Map<number, number>();
    for (const operation of this.#operations) this.#applyOne(writer, operation, records);
  }

  /** Lets go of snapshot and locks. */
  end(): void {
    if (!this.#open) return;
    this.#open = false;
    this.snapshot.done();
    this.#store.locks.release(this);
    this.#settle();
  }

  #applyOne(writer: DirectWriter, operation: Operation, records: Map<number, number>): void {
    const { kind } = operation;
    const { db, name, number } = operation.collection;
    const collection = writer.collection(db, name);
    if (kind === 'create') {
      if (collection) refuseConflict();
      writer.create(db, name, operation.collection.options, operation.collection);
      return;
    }
    if (collection?.number !== number) refuseConflict();
    if (kind === 'insert') {
      records.set(operation.record, collection.nextRecord);
      writer.insert(collection, operation.doc);
      return;
    }
    const record = operation.record < 0 ? (records.get(operation.record) as number) : operation.record;
    if (kind === 'remove') writer.remove(collection, record, operation.before);
    else writer.replace(collection, record, operation.before, operation.after, operation.change);
  }

  #put(collection: Collection, record: number, doc: Document | undefined): void {
    const own = this.#overlays.get(collection.number) ?? new Map<number, Document | undefined>();
    if (doc === undefined && record < 0) own.delete(record);
    else own.set(record, doc && Document.fromBytes(doc.toBytes()));
    this.#overlays.set(collection.number, own);
  }

  #lock(name: string): void {
    const holder = this.#store.locks.holderOf(name);
    if (holder && holder !== this) refuseConflict();
    this.#store.locks.take(name, this);
  }

  /** A document changed since the snapshot, or held by another transaction, is a conflict. */
  #lockRecord(collection: Collection, record: number): void {
    if (record < 0) return;
    this.#lock(recordLock(collection, record));
    const seen = readRecord(this.#store.files, collection, record, this.snapshot);
    const latest = readRecord(this.#store.files, collection, record);
    if (!seen || !latest || !seen.toBytes().equals(latest.toBytes())) refuseConflict();
  }

  #checkKeys(collection: Collection, all: readonly IndexEntries[], record: number): void {
    all.forEach((entries, i) => {
      const index = collection.indexes[i] as Index;
      if (!index.unique) return;
      for (const key of entries.keys) {
        const own = this.#keys.get(keyLock(index.number, key.bytes));
        if (own !== undefined && own !== record && !key.truncated)
          refuseDuplicate(collection, index, key.values);
        const { files, locks } = this.#store;
        const before = holders(files, index, key, this.snapshot);
        const now = holders(files, index, key);
        const visible = before.filter(
          (other) => other !== record && !this.#overlays.get(collection.number)?.has(other),
        );
        for (const other of visible) {
          const doc = this.get(collection, other);
          if (!key.truncated || (doc && holdsValues(index, doc, key.values)))
            refuseDuplicate(collection, index, key.values);
        }
        if (now.some((other) => !before.includes(other))) refuseConflict();
        const holder = locks.holderOf(keyLock(index.number, key.bytes));
        if (holder && holder !== this) refuseConflict();
      }
    });
  }

  #holdKeys(collection: Collection, all: readonly IndexEntries[], record: number): void {
    all.forEach((entries, i) => {
      const index = collection.indexes[i] as Index;
      if (!index.unique) return;
      for (const key of entries.keys) {
        const name = keyLock(index.number, key.bytes);
        this.#store.locks.take(name, this);
        this.#keys.set(name, record);
      }
    });
  }

  #dropKeys(collection: Collection, all: readonly IndexEntries[], record: number): void {
    all.forEach((entries, i) => {
      const index = collection.indexes[i] as Index;
      if (!index.unique) return;
      for (const key of entries.keys) {
        const name = keyLock(index.number, key.bytes);
        if (this.#keys.get(name) === record) this.#keys.delete(name);
        this.#store.locks.take(name, this);
      }
    });
  }
}

/** Throws 263: the command cannot be part of a transaction. */
export function refuseInTransaction(command: string): never {
  return fail(
    263,
    'OperationNotSupportedInTransaction',
    `Cannot run '${command}' in a multi-document transaction.`,
  );
}
