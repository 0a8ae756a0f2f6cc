import type { Transaction } from 'lmdb';
import { equalValues } from '../core/compare.ts';
import { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import { show } from '../core/show.ts';
import type { Value } from '../core/values.ts';
import { type Collection, namespaceOf } from './catalog.ts';
import type { Files } from './files.ts';
import { type EncodedKey, entriesOf, type Index, type IndexEntries } from './index-definition.ts';
import { afterPrefix, entryKey, entryPrefix, recordAtEnd, recordBytes, recordKey } from './keys.ts';

const EMPTY = Buffer.alloc(0);

/** The document of a record, in a snapshot or the latest state. */
export function readRecord(
  files: Files,
  collection: Collection,
  record: number,
  snapshot?: Transaction,
): Document | undefined {
  const key = recordKey(collection.number, record);
  const bytes = snapshot ? files.documents.get(key, { transaction: snapshot }) : files.documents.get(key);
  return bytes && Document.fromBytes(bytes);
}

/** The record that an entry of the id index leads to. */
export function recordById(
  files: Files,
  index: Index,
  encoded: Uint8Array,
  snapshot?: Transaction,
): number | undefined {
  const key = entryPrefix(index.number, encoded);
  const value = snapshot ? files.indexes.get(key, { transaction: snapshot }) : files.indexes.get(key);
  return value && recordAtEnd(value);
}

/** All index entries of a document, index by index. */
export function allEntries(collection: Collection, doc: Document): IndexEntries[] {
  return collection.indexes.map((index) => entriesOf(index, doc));
}

/** The records that hold this key of a unique index, which with long values may be more than one. */
export function holders(files: Files, index: Index, key: EncodedKey, snapshot?: Transaction): number[] {
  if (index.isId && !key.truncated) {
    const record = recordById(files, index, key.bytes, snapshot);
    return record === undefined ? [] : [record];
  }
  const start = entryPrefix(index.number, key.bytes);
  const range = { start, end: afterPrefix(start), ...(snapshot && { transaction: snapshot }) };
  return [...files.indexes.getKeys(range)].map(recordAtEnd);
}

/** Throws 11000 as MongoDB words it. */
export function refuseDuplicate(collection: Collection, index: Index, values: readonly Value[]): never {
  const keyValue = Document.fromColumns([...index.paths], [...values]);
  fail(
    11000,
    'DuplicateKey',
    `E11000 duplicate key error collection: ${namespaceOf(collection)} index: ${index.name} dup key: ${show(keyValue)}`,
    { details: { keyPattern: index.spec.get('key'), keyValue } },
  );
}

/** Whether a record really has these values in a unique index; only to be asked about truncated keys. */
export function holdsValues(index: Index, doc: Document, values: readonly Value[]): boolean {
  return entriesOf(index, doc).keys.some((key) =>
    key.values.every((value, i) => equalValues(value, values[i], index.collation)),
  );
}

/** Puts the entries of one document into an index. An id is found by its key alone, all others by key and record. */
export function putEntries(files: Files, index: Index, keys: readonly EncodedKey[], record: number): void {
  for (const key of keys) {
    if (index.isId && !key.truncated)
      files.indexes.putSync(entryPrefix(index.number, key.bytes), recordBytes(record));
    else files.indexes.putSync(entryKey(index.number, key.bytes, record), EMPTY);
  }
}

export function removeEntries(files: Files, index: Index, keys: readonly EncodedKey[], record: number): void {
  for (const key of keys) {
    if (index.isId && !key.truncated) files.indexes.removeSync(entryPrefix(index.number, key.bytes));
    else files.indexes.removeSync(entryKey(index.number, key.bytes, record));
  }
}
