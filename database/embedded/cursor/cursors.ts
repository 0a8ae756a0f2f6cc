import { randomBytes } from 'node:crypto';
import type { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import type { Session } from '../session/sessions.ts';
import type { ClientTransaction } from '../session/transaction.ts';

const IDLE_MS = 10 * 60_000;

/** One batch of a cursor. */
export interface Batch {
  readonly documents: readonly Document[];
  /** False when this was the last batch. */
  readonly open: boolean;
  /** Further fields of the cursor document (`postBatchResumeToken`). */
  readonly more?: readonly (readonly [string, Document])[];
}

/** What stands behind a cursor: it gives batches until it is closed. */
export interface BatchSource {
  readonly isChangeStream?: boolean;
  /** `count` is undefined when the client leaves the size of the batch to the server. */
  next(
    count: number | undefined,
    wait: { readonly deadline?: number; readonly maxTimeMS?: number },
  ): Batch | Promise<Batch>;
  close(): void;
}

/** A cursor between two requests. */
export interface Cursor {
  readonly id: bigint;
  readonly db: string;
  readonly collection: string;
  readonly source: BatchSource;
  readonly session: Session | undefined;
  readonly transaction: ClientTransaction | undefined;
  /** Cursors with noCursorTimeout live as long as their session. */
  readonly timesOut: boolean;
  usedAt: number;
  inUse: boolean;
}

/** The open cursors. */
export class Cursors {
  readonly #cursors = new Map<bigint, Cursor>();

  get size(): number {
    return this.#cursors.size;
  }

  add(cursor: Omit<Cursor, 'id' | 'usedAt' | 'inUse'>): Cursor {
    const id = (randomBytes(8).readBigUInt64LE() & 0x7fffffffffffffffn) | 1n;
    const opened: Cursor = { ...cursor, id, usedAt: Date.now(), inUse: false };
    this.#cursors.set(id, opened);
    return opened;
  }

  /** Throws 43 CursorNotFound. */
  get(id: bigint): Cursor {
    const cursor = this.#cursors.get(id);
    if (!cursor) fail(43, 'CursorNotFound', `cursor id ${id} not found`);
    cursor.usedAt = Date.now();
    return cursor;
  }

  /** Closes a cursor; false when there is none. */
  kill(id: bigint): boolean {
    const cursor = this.#cursors.get(id);
    if (!cursor) return false;
    this.#cursors.delete(id);
    cursor.source.close();
    return true;
  }

  killWhere(test: (cursor: Cursor) => boolean): void {
    for (const cursor of [...this.#cursors.values()]) if (test(cursor)) this.kill(cursor.id);
  }

  /** Closes cursors that nobody asked for ten minutes. */
  expire(now = Date.now()): void {
    this.killWhere((cursor) => cursor.timesOut && !cursor.inUse && now - cursor.usedAt > IDLE_MS);
  }
}
