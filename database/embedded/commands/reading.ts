import type { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import { compileSort } from '../core/sort.ts';
import type { Value } from '../core/values.ts';
import type { Batch, BatchSource } from '../cursor/cursors.ts';
import { type DocumentStream, takeBatch } from '../cursor/document-stream.ts';
import type { Engine } from '../engine.ts';
import { choosePlan } from '../planner/choose.ts';
import { type Examined, execute, keepsOrder, nothingExamined, type Row } from '../planner/execute.ts';
import type { Plan, Query } from '../planner/plan.ts';
import { sortRows } from '../planner/sorting.ts';
import type { Collection } from '../store/catalog.ts';
import { numberOf } from '../store/index-definition.ts';
import type { View } from '../store/view.ts';
import type { Request } from './command.ts';

/** Rows of a query in the order it asks for, and how they were found. */
export interface Found {
  readonly rows: Iterable<Row>;
  readonly plan: Plan;
  /** The rows were collected and sorted: their end is known. */
  readonly blocking: boolean;
  readonly examined: Examined;
}

/** Plans and runs a query; nothing is read before the rows are asked for. `most` is skip and limit together. */
export function findRows(
  engine: Engine,
  collection: Collection,
  view: View,
  query: Query,
  sort: Document | undefined,
  options: { most?: number | undefined; allowDiskUse?: boolean } = {},
): Found {
  const plan = choosePlan(engine.store, collection, query, view);
  const examined = nothingExamined();
  const rows = execute(engine.store, collection, plan, query, view, examined);
  if (!sort || sort.size === 0 || keepsOrder(plan, collection, view))
    return { rows, plan, blocking: false, examined };
  if (sort.has('$natural')) return { rows, plan, blocking: false, examined };
  const sorter = compileSort(sort, query.collation);
  const sorted = {
    *[Symbol.iterator]() {
      yield* sortRows(rows, sorter, options.most, options.allowDiskUse === true);
    },
  };
  return { rows: sorted, plan, blocking: true, examined };
}

/** A whole number of a command that may not be negative. Throws 51024 or 2 as MongoDB does. */
export function countOf(command: string, field: string, value: Value | undefined): number | undefined {
  if (value === undefined || value === null) return undefined;
  const n = numberOf(value);
  if (n === undefined || !Number.isFinite(n))
    return fail(9, 'FailedToParse', `BSON field '${field}' must be a number`);
  const whole = Math.trunc(n);
  if (whole < 0)
    fail(51024, 'Location51024', `BSON field '${field}' value must be >= 0, actual value '${whole}'`);
  void command;
  return whole;
}

/** Tells a snapshot session at what time it reads. */
export function timeOf({ snapshotTime }: Request): [string, Value][] {
  return snapshotTime ? [['atClusterTime', snapshotTime]] : [];
}

/** Throws 175 when the collection a cursor reads is dropped or renamed, or an index it reads by is dropped. */
export function stillThere(request: Request, collection: Collection, { access }: Plan): () => void {
  const { db, name, number } = collection;
  const scans = access.stage === 'OR' ? access.branches : [access];
  const indexes = scans.flatMap((scan) => ('index' in scan ? [scan.index] : []));
  return () => {
    const now = request.view.collection(db, name);
    if (now?.number !== number) {
      const what = collection.name === name ? 'dropped' : `renamed from '${db}.${name}'`;
      fail(175, 'QueryPlanKilled', `collection ${what}. UUID ${collection.uuid.bytes.toString('hex')}`);
    }
    const gone = indexes.find((index) => !now.indexes.some((one) => one.number === index.number));
    if (gone) fail(175, 'QueryPlanKilled', `index '${gone.name}' dropped`);
  };
}

const DEFAULT_BATCH = 101;

/** Batches from a stream of documents. */
export class StreamSource implements BatchSource {
  readonly #stream: DocumentStream;
  readonly #check: () => void;

  /** `check` throws when the cursor can go on no more: its collection is gone, say. */
  constructor(stream: DocumentStream, check: () => void = () => undefined) {
    this.#stream = stream;
    this.#check = check;
  }

  first(count: number | undefined, deadline: number | undefined): Batch {
    return this.#take(count ?? DEFAULT_BATCH, deadline);
  }

  next(count: number | undefined, { deadline }: { readonly deadline?: number }): Batch {
    this.#check();
    return this.#take(count ?? Number.POSITIVE_INFINITY, deadline);
  }

  close(): void {
    this.#stream.close();
  }

  #take(count: number, deadline: number | undefined): Batch {
    const documents = takeBatch(this.#stream, count, deadline);
    return { documents, open: !this.#stream.ended };
  }
}
