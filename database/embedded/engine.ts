import { Document } from './core/document.ts';
import { Counters } from './counters.ts';
import { Cursors } from './cursor/cursors.ts';
import { FailPoints } from './fail-points.ts';
import { Sessions } from './session/sessions.ts';
import { Snapshots } from './session/snapshots.ts';
import { StoredResults } from './session/stored-results.ts';
import type { Collection } from './store/catalog.ts';
import { dropUnfinished } from './store/index-build.ts';
import { Store, type StoreOptions } from './store/store.ts';

export interface EngineOptions extends StoreOptions {
  readonly report?: (error: Error) => void;
  /** Enables `configureFailPoint`. */
  readonly testCommands?: boolean;
  /** MongoDB's transactionLifetimeLimitSeconds. */
  readonly transactionSeconds?: number | undefined;
}

/** Everything that commands work with. */
export class Engine {
  readonly store: Store;
  readonly sessions: Sessions;
  readonly cursors = new Cursors();
  readonly results: StoredResults;
  readonly snapshots: Snapshots;
  readonly counters = new Counters();
  readonly failPoints: FailPoints;
  readonly startedAt = Date.now();
  /** Told about errors that are ours, not the client's. */
  readonly report: (error: Error) => void;
  /** `host:port` as clients reach it. */
  address = '';

  /** Throws DirectoryInUse or UnreadableData. */
  constructor(options: EngineOptions) {
    this.sessions = new Sessions(options.transactionSeconds);
    this.failPoints = new FailPoints(options.testCommands === true);
    this.report = options.report ?? (() => undefined);
    this.store = new Store(options);
    this.snapshots = new Snapshots(this.store);
    this.results = new StoredResults(this.store.files);
  }

  /** Brings to an end what a crash cut short. */
  async recover(): Promise<void> {
    await this.store.write((writer) => dropUnfinished(writer));
    this.store.sweep();
  }

  /** A collection that is not there: what is asked of it is checked, and finds nothing. */
  emptyCollection(db: string, name: string): Collection {
    return this.store.catalog.prepare(db, name, Document.of());
  }

  async close(): Promise<void> {
    this.cursors.killWhere(() => true);
    this.sessions.abortAll();
    this.snapshots.endAll();
    await this.store.close();
  }
}
