import { MongoError } from '../core/errors.ts';
import type { Clock } from './clock.ts';
import { DirectWriter, type Parts } from './direct-writer.ts';
import { Blocked } from './locks.ts';

/** A write: run inside a commit, perhaps more than once, until it and all that share its commit can stand. */
export type Job<T> = (writer: DirectWriter) => T;

interface Entry {
  readonly run: Job<unknown>;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
  /** Until when it waits for transactions, in milliseconds since 1970. */
  readonly deadline: number | undefined;
  outcome: { readonly result: unknown } | { readonly error: unknown } | undefined;
}

/** Thrown through LMDB to undo a commit in which one job failed halfway. */
class Undo extends Error {
  readonly entry: Entry;
  constructor(entry: Entry, cause: unknown) {
    super('undo', { cause });
    this.entry = entry;
  }
}

/** The longest wait for others to join a commit, and the part of the last commit's time that is worth waiting. */
const GATHER_MS = 3;
const GATHER_SHARE = 0.4;

export interface CommitGuards {
  /** Throws when nothing may be written now. */
  readonly beforeCommit: () => void;
  /** Told about a write error of LMDB, after which this process must end. */
  readonly onFatal: (error: unknown) => void;
}

/**
 * The one queue of all writes. Whatever is submitted while the event loop takes in requests shares one LMDB
 * transaction, and so one flush to disk; promises are settled when it is durable.
 */
export class CommitQueue {
  readonly #parts: Parts;
  readonly #clock: Clock;
  readonly #guards: CommitGuards;
  #waiting: Entry[] = [];
  #scheduled = false;
  #timer: NodeJS.Timeout | undefined;
  /** How many shared the last commit, and how long it took. */
  #lastSize = 0;
  #lastMs = 0;
  #broken: unknown;
  commits = 0;

  constructor(parts: Parts, clock: Clock, guards: CommitGuards) {
    this.#parts = parts;
    this.#clock = clock;
    this.#guards = guards;
  }

  /** Runs a write in the next commit. Rejects with what it throws, or 50; then nothing of it is kept. */
  submit<T>(run: Job<T>, deadline?: number): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#add({ run, resolve: resolve as (result: unknown) => void, reject, deadline, outcome: undefined });
    });
  }

  /** Resolves when everything submitted so far is settled. */
  async idle(): Promise<void> {
    while (this.#waiting.length > 0) await new Promise((resolve) => setImmediate(resolve));
  }

  #add(entry: Entry): void {
    this.#waiting.push(entry);
    if (this.#scheduled) {
      if (this.#timer && this.#waiting.length >= this.#lastSize) this.#flush();
      return;
    }
    this.#scheduled = true;
    setImmediate(() => this.#flushOrGather());
  }

  /**
   * Where a flush to disk takes long, those who shared the last commit and are about to write again are worth a short
   * wait: one slow flush then serves all of them.
   */
  #flushOrGather(): void {
    const wait = this.#waiting.length < this.#lastSize ? Math.min(this.#lastMs * GATHER_SHARE, GATHER_MS) : 0;
    if (wait < 1) this.#flush();
    else this.#timer = setTimeout(() => this.#flush(), wait);
  }

  #flush(): void {
    this.#scheduled = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const start = performance.now();
    const size = this.#waiting.length;
    this.#commitWaiting();
    this.#lastSize = size;
    this.#lastMs = performance.now() - start;
  }

  #commitWaiting(): void {
    const entries = this.#waiting;
    this.#waiting = [];
    try {
      if (this.#broken) throw this.#broken;
      this.#guards.beforeCommit();
      this.#commit(entries);
    } catch (error) {
      for (const entry of entries) entry.reject(error);
      if (!(error instanceof MongoError)) this.#fatal(error);
      return;
    }
    this.#settle(entries);
  }

  #fatal(error: unknown): void {
    if (this.#broken) return;
    this.#broken = error;
    this.#guards.onFatal(error);
  }

  /** Runs entries in one transaction; one that fails halfway is taken out and the others run again. */
  #commit(entries: Entry[]): void {
    let remaining = entries;
    while (remaining.length > 0) {
      try {
        this.#parts.files.root.transactionSync(() => this.#runAll(remaining));
        this.#clock.commit();
        this.commits++;
        return;
      } catch (error) {
        this.#parts.catalog.load();
        this.#parts.log.discard();
        if (!(error instanceof Undo)) throw error;
        error.entry.outcome = { error: error.cause };
        remaining = remaining.filter((entry) => entry !== error.entry);
      }
    }
  }

  #runAll(entries: readonly Entry[]): void {
    const writer = new DirectWriter(this.#parts, this.commits + 1);
    for (const entry of entries) {
      const before = writer.writes;
      try {
        entry.outcome = { result: entry.run(writer) };
      } catch (error) {
        if (writer.writes !== before || isNative(error))
          throw isNative(error) ? error : new Undo(entry, error);
        entry.outcome = { error };
      }
    }
    this.#parts.catalog.saveCounts();
    this.#parts.log.flush();
  }

  #settle(entries: readonly Entry[]): void {
    for (const entry of entries) {
      const { outcome } = entry;
      if (outcome && 'result' in outcome) entry.resolve(outcome.result);
      else if (outcome?.error instanceof Blocked) this.#wait(entry, outcome.error);
      else entry.reject(outcome?.error);
    }
    this.#parts.log.committed();
  }

  #wait(entry: Entry, { holder }: Blocked): void {
    const { deadline, reject } = entry;
    entry.outcome = undefined;
    let expired = false;
    const timer =
      deadline === undefined
        ? undefined
        : setTimeout(() => {
            expired = true;
            reject(new MongoError(50, 'MaxTimeMSExpired', 'operation exceeded time limit'));
          }, deadline - Date.now());
    const again = (): void => {
      clearTimeout(timer);
      if (!expired) this.#add(entry);
    };
    holder.ended.then(again, reject);
  }
}

/** LMDB's errors carry a number as their code; ours are MongoErrors. */
function isNative(error: unknown): boolean {
  return (
    error instanceof Error &&
    !(error instanceof MongoError) &&
    typeof (error as { code?: unknown }).code === 'number'
  );
}
