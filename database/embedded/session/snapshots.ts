import type { Transaction } from 'lmdb';
import type { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import { Timestamp } from '../core/values.ts';
import type { Collection } from '../store/catalog.ts';
import { compareTimes } from '../store/clock.ts';
import { readRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { View } from '../store/view.ts';

/** Snapshots keep pages of the file from being reused, so they are few and do not live long. */
const LIFE_MS = 60_000;
const MOST = 16;

/** What was committed at one time, for reads with the read concern `snapshot` outside of transactions. */
export class SnapshotView implements View {
  readonly snapshot: Transaction;
  readonly version: number;
  readonly time: Timestamp;
  readonly openedAt: number;
  readonly #store: Store;
  #open = true;

  constructor(store: Store, now: number) {
    this.#store = store;
    this.version = store.version;
    this.time = store.clock.committed;
    this.snapshot = store.openSnapshot();
    this.openedAt = now;
  }

  collection(db: string, name: string): Collection | undefined {
    if (!this.#open) tooOld(this.time);
    return this.#store.collection(db, name);
  }

  get(collection: Collection, record: number): Document | undefined {
    return readRecord(this.#store.files, collection, record, this.snapshot);
  }

  overlay(): undefined {
    return undefined;
  }

  end(): void {
    if (!this.#open) return;
    this.#open = false;
    this.snapshot.done();
  }
}

function tooOld({ t, i }: Timestamp): never {
  return fail(
    239,
    'SnapshotTooOld',
    `Read timestamp Timestamp(${t}, ${i}) is older than the oldest available timestamp.`,
  );
}

/** The snapshots that sessions read in; a snapshot session asks for the time that its first read was given. */
export class Snapshots {
  readonly #store: Store;
  readonly #views: SnapshotView[] = [];

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * The view for a read concern. Throws 239 SnapshotTooOld for a time whose snapshot is gone, 72 for one that is
   * still to come.
   */
  viewFor(concern: Document, now = Date.now()): SnapshotView {
    const time = concern.get('atClusterTime');
    const wanted = time instanceof Timestamp ? time : this.#store.clock.committed;
    const known = this.#views.find((view) => compareTimes(view.time, wanted) === 0);
    if (known) return known;
    const distance = compareTimes(wanted, this.#store.clock.committed);
    if (distance < 0) return tooOld(wanted);
    if (distance > 0) {
      const { t, i } = wanted;
      fail(
        72,
        'InvalidOptions',
        `readConcern atClusterTime value must not be greater than the current clusterTime: Timestamp(${t}, ${i})`,
      );
    }
    if (this.#views.length === MOST) this.#views.shift()?.end();
    const view = new SnapshotView(this.#store, now);
    this.#views.push(view);
    return view;
  }

  expire(now: number): void {
    while (this.#views[0] && now - this.#views[0].openedAt > LIFE_MS) this.#views.shift()?.end();
  }

  endAll(): void {
    for (const view of this.#views.splice(0)) view.end();
  }
}
