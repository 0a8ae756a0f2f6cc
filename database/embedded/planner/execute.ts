import type { Document } from '../core/document.ts';
import { checkDeadline } from '../deadline.ts';
import type { Collection } from '../store/catalog.ts';
import { recordById } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { View } from '../store/view.ts';
import type { Access, Plan, Query } from './plan.ts';
import { scanIndex, scanRecords } from './scan.ts';

/** A document and where it is kept; records below zero are a transaction's own. */
export interface Row {
  readonly record: number;
  readonly doc: Document;
}

/** How many rows are read between two looks at the clock. */
const ROWS_PER_LOOK = 128;

/** What a plan did, for explain. */
export interface Examined {
  keys: number;
  documents: number;
  returned: number;
}

export function nothingExamined(): Examined {
  return { keys: 0, documents: 0, returned: 0 };
}

/** The records that index scans lead to, each once. */
function* recordsOf(store: Store, access: Access, view: View, examined: Examined): Generator<number, void> {
  if (access.stage === 'EOF' || access.stage === 'COLLSCAN') return;
  if (access.stage === 'IDHACK') {
    const record = recordById(store.files, access.index, access.encoded, view.snapshot);
    if (record === undefined) return;
    examined.keys++;
    yield record;
    return;
  }
  const scans = access.stage === 'OR' ? access.branches : [access];
  const once = access.stage === 'OR' || (access.stage === 'IXSCAN' && access.index.multikey.size > 0);
  const seen = once ? new Set<number>() : undefined;
  for (const scan of scans) {
    for (const record of scanIndex(store, scan.ranges, scan.reverse, view.snapshot)) {
      examined.keys++;
      if (seen?.has(record)) continue;
      seen?.add(record);
      yield record;
    }
  }
}

function* fetchRows(
  store: Store,
  collection: Collection,
  access: Access,
  view: View,
  examined: Examined,
): Generator<Row, void> {
  const own = view.overlay(collection);
  if (access.stage === 'COLLSCAN') {
    for (const row of scanRecords(store, collection, access.reverse, view.snapshot)) {
      examined.documents++;
      if (!own?.has(row.record)) yield row;
    }
    return;
  }
  for (const record of recordsOf(store, access, view, examined)) {
    if (own?.has(record)) continue;
    const doc = view.get(collection, record);
    if (!doc) continue;
    examined.documents++;
    yield { record, doc };
  }
}

/**
 * The rows that a plan finds, matched against the whole query. Rows that a transaction wrote itself come last,
 * so with any of them the order of an index does not hold (see `keepsOrder`).
 */
export function* execute(
  store: Store,
  collection: Collection,
  plan: Plan,
  query: Query,
  view: View,
  examined: Examined = nothingExamined(),
): Generator<Row, void> {
  const { matcher } = query;
  const all = matcher.tree.kind === 'always' && matcher.tree.result;
  const { keys, documents } = examined;
  try {
    let rows = 0;
    for (const row of fetchRows(store, collection, plan.access, view, examined)) {
      if (++rows % ROWS_PER_LOOK === 0) checkDeadline(store.deadline);
      if (!all && !matcher.matches(row.doc)) continue;
      examined.returned++;
      yield row;
    }
  } finally {
    store.examined.keys += examined.keys - keys;
    store.examined.documents += examined.documents - documents;
  }
  const own = view.overlay(collection);
  if (!own || plan.access.stage === 'EOF') return;
  for (const [record, doc] of [...own]) {
    if (!doc || !matcher.matches(doc)) continue;
    examined.returned++;
    yield { record, doc };
  }
}

/** Whether rows come in the order that the plan promises. */
export function keepsOrder(plan: Plan, collection: Collection, view: View): boolean {
  return plan.sorted && (view.overlay(collection)?.size ?? 0) === 0;
}
