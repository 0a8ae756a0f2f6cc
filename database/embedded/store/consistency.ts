import { Document } from '../core/document.ts';
import { validateBson } from '../core/validate.ts';
import { type Collection, namespaceOf } from './catalog.ts';
import { entriesOf, type Index } from './index-definition.ts';
import { afterPrefix, entryKey, entryPrefix, prefixOf, recordAtEnd } from './keys.ts';
import type { Store } from './store.ts';

/** What a look at a whole collection found. */
export interface Findings {
  readonly documents: number;
  readonly keysPerIndex: ReadonlyMap<string, number>;
  readonly errors: readonly string[];
}

const MOST_ERRORS = 20;

class Checker {
  readonly #store: Store;
  readonly #collection: Collection;
  readonly errors: string[] = [];
  readonly keys = new Map<string, number>();
  documents = 0;
  bytes = 0;

  constructor(store: Store, collection: Collection) {
    this.#store = store;
    this.#collection = collection;
  }

  run(): void {
    const { number, indexes, documents, bytes } = this.#collection;
    const start = prefixOf(number);
    for (const { key, value } of this.#store.files.documents.getRange({ start, end: afterPrefix(start) })) {
      this.#checkDocument(recordAtEnd(key), value);
    }
    for (const index of indexes) if (index.ready) this.#checkEntries(index);
    if (documents !== this.documents)
      this.#wrong(`the count says ${documents} documents, there are ${this.documents}`);
    if (bytes !== this.bytes) this.#wrong(`the count says ${bytes} bytes, there are ${this.bytes}`);
  }

  #wrong(what: string): void {
    if (this.errors.length < MOST_ERRORS) this.errors.push(`${namespaceOf(this.#collection)}: ${what}`);
  }

  #checkDocument(record: number, value: Buffer): void {
    this.documents++;
    this.bytes += value.length;
    try {
      if (validateBson(value) !== value.length) this.#wrong(`record ${record} has bytes after its document`);
    } catch (error) {
      this.#wrong(`record ${record} is no document: ${String(error)}`);
      return;
    }
    const doc = Document.fromBytes(value);
    for (const index of this.#collection.indexes) if (index.ready) this.#checkKeys(index, doc, record);
  }

  /** Every key of the document is in the index and leads back to it. */
  #checkKeys(index: Index, doc: Document, record: number): void {
    const { indexes } = this.#store.files;
    const { keys } = entriesOf(index, doc);
    this.keys.set(index.name, (this.keys.get(index.name) ?? 0) + keys.length);
    for (const key of keys) {
      const alone = index.isId && !key.truncated;
      const entry = indexes.get(
        alone ? entryPrefix(index.number, key.bytes) : entryKey(index.number, key.bytes, record),
      );
      if (entry === undefined) this.#wrong(`record ${record} lacks its entry in index ${index.name}`);
      else if (alone && recordAtEnd(entry) !== record)
        this.#wrong(`the entry of record ${record} in ${index.name} leads to ${recordAtEnd(entry)}`);
    }
  }

  /** As many entries as documents have keys: with each key found above, none is left over. */
  #checkEntries(index: Index): void {
    const start = prefixOf(index.number);
    const found = this.#store.files.indexes.getKeysCount({ start, end: afterPrefix(start) });
    const expected = this.keys.get(index.name) ?? 0;
    this.keys.set(index.name, found);
    if (found !== expected)
      this.#wrong(`index ${index.name} has ${found} entries, the documents have ${expected} keys`);
  }
}

/** Compares documents, index entries and counts of a collection with each other. */
export function checkCollection(store: Store, collection: Collection): Findings {
  const checker = new Checker(store, collection);
  checker.run();
  return { documents: checker.documents, keysPerIndex: checker.keys, errors: checker.errors };
}
