import type { Document } from './core/document.ts';
import { pathOf, someValue } from './core/path.ts';
import { DateTime, type Value } from './core/values.ts';
import type { Engine } from './engine.ts';
import { keyRanges } from './planner/access.ts';
import { interval } from './planner/intervals.ts';
import { scanIndex } from './planner/scan.ts';
import type { Collection } from './store/catalog.ts';
import type { Index } from './store/index-definition.ts';

const RECORDS_PER_COMMIT = 1000;
const FIRST_DATE = new DateTime(0, -(2n ** 63n));

/** Whether a document's earliest date at the path lies at or before a time; documents without a date never expire. */
function isExpired(doc: Document, path: string, latest: number): boolean {
  return someValue(
    doc,
    pathOf(path),
    true,
    (value: Value | undefined) => value instanceof DateTime && value.ms <= latest,
    undefined,
  );
}

async function removeSome(engine: Engine, found: Collection, number: number, now: number): Promise<number> {
  return engine.store.write((writer) => {
    const collection = writer.collection(found.db, found.name);
    const index = collection?.indexes.find((one) => one.number === number);
    if (!collection || !index?.ready || index.expireAfterSeconds === undefined) return 0;
    const latest = now - index.expireAfterSeconds * 1000;
    let removed = 0;
    for (const record of expiredRecords(engine, index, latest)) {
      const doc = writer.get(collection, record);
      if (!doc || !isExpired(doc, index.paths[0] as string, latest)) continue;
      if (index.partial && !index.partial.matcher.matches(doc)) continue;
      writer.remove(collection, record, doc);
      removed++;
    }
    return removed;
  });
}

function expiredRecords(engine: Engine, index: Index, latest: number): number[] {
  const ranges = keyRanges(index, [[interval(FIRST_DATE, true, new DateTime(latest), true)]]);
  const records = new Set<number>();
  for (const record of scanIndex(engine.store, ranges, false, undefined)) {
    records.add(record);
    if (records.size >= RECORDS_PER_COMMIT) break;
  }
  return [...records];
}

/** Removes the documents that TTL indexes say are over (manual, "TTL Indexes"), a thousand per commit. */
export async function removeExpired(engine: Engine, now: number): Promise<void> {
  const { catalog } = engine.store;
  for (const db of catalog.databases()) {
    for (const collection of catalog.collections(db)) {
      for (const index of collection.indexes) {
        if (index.expireAfterSeconds === undefined) continue;
        while ((await removeSome(engine, collection, index.number, now)) === RECORDS_PER_COMMIT);
      }
    }
  }
}
