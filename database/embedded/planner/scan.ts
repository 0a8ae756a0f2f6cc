import type { Transaction } from 'lmdb';
import { Document } from '../core/document.ts';
import type { Collection } from '../store/catalog.ts';
import type { Table } from '../store/files.ts';
import { afterKey, afterPrefix, prefixOf, recordAtEnd, recordKey } from '../store/keys.ts';
import type { Store } from '../store/store.ts';
import type { KeyRange } from './access.ts';

const FIRST_CHUNK = 8;
const LARGEST_CHUNK = 512;

interface Entry {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

interface Place {
  start: Uint8Array;
  end: Uint8Array;
}

function readChunk(
  table: Table,
  place: Place,
  reverse: boolean,
  limit: number,
  snapshot: Transaction | undefined,
): Entry[] {
  const ends = reverse
    ? { start: place.end, end: place.start, reverse: true, exclusiveStart: true, inclusiveEnd: true }
    : { start: place.start, end: place.end };
  const options = { ...ends, limit, ...(snapshot && { transaction: snapshot }) };
  const entries: Entry[] = [];
  for (const entry of table.getRange(options as unknown as { start: Buffer })) entries.push(entry);
  return entries;
}

/**
 * The entries of a table in a range. Nothing of LMDB stays open between two entries: after a commit it reads on
 * from the last key, so a cursor may rest for as long as it likes.
 */
export function* scanTable(
  store: Store,
  table: Table,
  range: KeyRange,
  reverse: boolean,
  snapshot: Transaction | undefined,
): Generator<Entry, void> {
  const place: Place = { start: range.start, end: range.end };
  for (let size = FIRST_CHUNK; ; size = Math.min(size * 4, LARGEST_CHUNK)) {
    const version = store.version;
    const entries = readChunk(table, place, reverse, size, snapshot);
    let complete = true;
    for (const entry of entries) {
      yield entry;
      if (reverse) place.end = entry.key;
      else place.start = afterKey(entry.key);
      if (snapshot === undefined && version !== store.version) {
        complete = false;
        break;
      }
    }
    if (complete && entries.length < size) return;
  }
}

/** All documents of a collection with their record numbers, in the order of insertion or against it. */
export function* scanRecords(
  store: Store,
  collection: Collection,
  reverse: boolean,
  snapshot: Transaction | undefined,
): Generator<{ record: number; doc: Document }, void> {
  const start = recordKey(collection.number, 0);
  const range = { start, end: afterPrefix(prefixOf(collection.number)) };
  for (const { key, value } of scanTable(store, store.files.documents, range, reverse, snapshot)) {
    yield { record: recordAtEnd(key), doc: Document.fromBytes(value as Buffer) };
  }
}

/** The record numbers of an index's entries in key ranges; a record may come more than once from a multikey index. */
export function* scanIndex(
  store: Store,
  ranges: readonly KeyRange[],
  reverse: boolean,
  snapshot: Transaction | undefined,
): Generator<number, void> {
  for (const range of reverse ? ranges.toReversed() : ranges) {
    for (const { key, value } of scanTable(store, store.files.indexes, range, reverse, snapshot)) {
      yield value.length === 0 ? recordAtEnd(key) : recordAtEnd(value);
    }
  }
}
