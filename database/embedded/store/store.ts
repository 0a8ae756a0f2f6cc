import type { Transaction } from 'lmdb';
import type { Document } from '../core/document.ts';
import { Catalog, type Collection } from './catalog.ts';
import { ChangeLog } from './change-log.ts';
import { Clock } from './clock.ts';
import { CommitQueue, type Job } from './commits.ts';
import { lockDirectory } from './data-lock.ts';
import { type Files, openFiles } from './files.ts';
import { checkSpace, freeBytesOf, SPACE_FLOOR } from './free-space.ts';
import { Locks } from './locks.ts';
import { readRecord } from './records.ts';
import { Sweeper } from './sweeper.ts';
import type { View } from './view.ts';

export interface StoreOptions {
  readonly dir: string;
  /** How many bytes of changes are kept for change streams. */
  readonly changeLogBytes?: number;
  /** Told about a write error after which this process must end. */
  readonly onFatal: (error: unknown) => void;
  readonly freeBytes?: () => number;
  readonly spaceFloor?: number;
  /** False lets a write be acknowledged before it is on disk: for databases that nobody keeps, such as those of tests. */
  readonly durable?: boolean;
}

const CHANGE_LOG_BYTES = 128 * 1024 * 1024;

/** Everything that is kept on disk, and the one road by which it changes. Also the view of the last commit. */
export class Store implements View {
  readonly files: Files;
  readonly catalog: Catalog;
  readonly clock = new Clock();
  readonly log: ChangeLog;
  readonly locks = new Locks();
  readonly snapshot = undefined;
  /** Index keys and documents that were looked at since the start. */
  readonly examined = { keys: 0, documents: 0 };
  /** When the time of the request being answered is up, in milliseconds since 1970; scans look at it. */
  deadline: number | undefined;
  readonly #queue: CommitQueue;
  readonly #sweeper: Sweeper;
  readonly #unlock: () => void;

  /** Throws DirectoryInUse or UnreadableData. */
  constructor(options: StoreOptions) {
    this.#unlock = lockDirectory(options.dir);
    try {
      this.files = openFiles(options.dir, options.durable ?? true);
      this.catalog = new Catalog(this.files);
      this.log = new ChangeLog(this.files, this.clock, options.changeLogBytes ?? CHANGE_LOG_BYTES);
    } catch (error) {
      this.#unlock();
      throw error;
    }
    const freeBytes = options.freeBytes ?? freeBytesOf(options.dir);
    const floor = options.spaceFloor ?? SPACE_FLOOR;
    this.#queue = new CommitQueue(this, this.clock, {
      beforeCommit: () => checkSpace(freeBytes, floor),
      onFatal: options.onFatal,
    });
    this.#sweeper = new Sweeper(this);
    this.#sweeper.start();
  }

  /** Changes with each commit: what was read before may be out of date. */
  get version(): number {
    return this.#queue.commits;
  }

  /** A read transaction that lasts until its `done` is called; it keeps pages from being reused. */
  openSnapshot(): Transaction {
    const { root } = this.files;
    // biome-ignore lint/correctness/useHookAtTopLevel: LMDB's name for it, no hook of React's.
    return root.useReadTransaction();
  }

  /** Runs a write in the next commit; settles when it is on disk. Waits for transactions until `deadline`. */
  write<T>(job: Job<T>, deadline?: number): Promise<T> {
    return this.#queue.submit(job, deadline);
  }

  collection(db: string, name: string): Collection | undefined {
    return this.catalog.find(db, name);
  }

  get(collection: Collection, record: number): Document | undefined {
    return readRecord(this.files, collection, record);
  }

  overlay(): undefined {
    return undefined;
  }

  /** Removes, in the background, what dropped collections and indexes left behind. */
  sweep(): void {
    this.#sweeper.start();
  }

  async close(): Promise<void> {
    await this.#sweeper.stop();
    await this.#queue.idle();
    await this.files.root.close();
    this.#unlock();
  }
}
