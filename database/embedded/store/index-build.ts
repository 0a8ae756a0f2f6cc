import { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import type { Collection } from './catalog.ts';
import type { DirectWriter } from './direct-writer.ts';
import { entriesOf, type Index, type IndexEntries, indexOf } from './index-definition.ts';
import { afterPrefix, prefixOf, recordAtEnd, recordKey } from './keys.ts';
import { holders, holdsValues, putEntries, refuseDuplicate } from './records.ts';
import type { Store } from './store.ts';

/** Documents indexed per commit: others write and read between two of them. */
const DOCUMENTS_PER_COMMIT = 2000;

/** Registers an index inside a commit; from now on writers keep it up. Ready at once on an empty collection. */
export function addIndex(writer: DirectWriter, collection: Collection, spec: Document): Index {
  const { catalog } = writer.parts;
  const ready = collection.documents === 0;
  const index = indexOf(catalog.takeNumber(), spec, { multikey: [], ready, longKeys: false });
  index.readySince = writer.version;
  collection.indexes.push(index);
  writer.writes++;
  catalog.save(collection);
  if (ready) writer.note('createIndexes', collection, Document.of([['indexes', [spec]]]));
  return index;
}

/** Takes an index away inside a commit. */
export function removeIndex(writer: DirectWriter, collection: Collection, index: Index): void {
  const { catalog } = writer.parts;
  collection.indexes = collection.indexes.filter((one) => one.number !== index.number);
  writer.writes++;
  catalog.leave('indexes', index.number);
  catalog.save(collection);
}

/** A collection and its index as they are now; they may have been dropped, or loaded anew, since the last commit. */
function current(
  writer: DirectWriter,
  collection: Collection,
  number: number,
): { collection: Collection; index: Index } {
  const now = writer.collection(collection.db, collection.name);
  const index = now?.indexes.find((one) => one.number === number);
  if (!now || now.number !== collection.number || !index) {
    return fail(276, 'IndexBuildAborted', 'Index build failed: the collection or the index was dropped');
  }
  return { collection: now, index };
}

function indexSome(
  writer: DirectWriter,
  collection: Collection,
  number: number,
  from: number,
): number | undefined {
  const { files } = writer.parts;
  const { collection: now, index } = current(writer, collection, number);
  const start = recordKey(now.number, from);
  const end = afterPrefix(prefixOf(now.number));
  const rows = [...files.documents.getRange({ start, end, limit: DOCUMENTS_PER_COMMIT })];
  for (const { key, value } of rows) {
    const record = recordAtEnd(key);
    const doc = Document.fromBytes(value);
    const entries = entriesOf(index, doc);
    if (index.unique) checkUnique(writer, now, index, entries, record);
    writer.writes++;
    writer.noteArrays(now, index, entries);
    putEntries(files, index, entries.keys, record);
  }
  if (rows.length === DOCUMENTS_PER_COMMIT) return recordAtEnd((rows.at(-1) as { key: Buffer }).key) + 1;
  index.ready = true;
  index.readySince = writer.version;
  writer.writes++;
  writer.parts.catalog.save(now);
  writer.note('createIndexes', now, Document.of([['indexes', [index.spec]]]));
  return undefined;
}

function checkUnique(
  writer: DirectWriter,
  collection: Collection,
  index: Index,
  entries: IndexEntries,
  record: number,
): void {
  for (const key of entries.keys) {
    for (const other of holders(writer.parts.files, index, key)) {
      if (other === record) continue;
      const doc = key.truncated ? writer.get(collection, other) : undefined;
      if (!doc || holdsValues(index, doc, key.values)) refuseDuplicate(collection, index, key.values);
    }
  }
}

/**
 * Indexes the documents that are there already, some per commit. On failure (11000, 171, 276) the index is taken
 * away again.
 */
export async function buildIndex(store: Store, collection: Collection, index: Index): Promise<void> {
  try {
    let from: number | undefined = 0;
    while (from !== undefined) {
      const start: number = from;
      from = await store.write((writer) => indexSome(writer, collection, index.number, start));
    }
  } catch (error) {
    await store.write((writer) => {
      const now = writer.collection(collection.db, collection.name);
      const failed = now?.indexes.find((one) => one.number === index.number);
      if (now && failed) removeIndex(writer, now, failed);
    });
    store.sweep();
    throw error;
  }
}

/** Takes away indexes whose build a crash cut short. */
export function dropUnfinished(writer: DirectWriter): void {
  const { catalog } = writer.parts;
  for (const db of catalog.databases()) {
    for (const collection of catalog.collections(db)) {
      for (const index of collection.indexes) if (!index.ready) removeIndex(writer, collection, index);
    }
  }
}
