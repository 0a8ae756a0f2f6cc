import type { Collection } from './catalog.ts';

/** A transaction as its locks know it. */
export interface LockHolder {
  /** Settled when the transaction has ended and its locks are free. */
  readonly ended: Promise<void>;
}

/** Thrown by a write that has to wait for a transaction; the commit queue runs it again then. */
export class Blocked extends Error {
  readonly holder: LockHolder;
  constructor(holder: LockHolder) {
    super('waiting for a transaction');
    this.holder = holder;
  }
}

/** What open transactions have written: documents by record, and keys of unique indexes. */
export class Locks {
  readonly #holders = new Map<string, LockHolder>();

  get size(): number {
    return this.#holders.size;
  }

  holderOf(name: string): LockHolder | undefined {
    return this.#holders.get(name);
  }

  take(name: string, holder: LockHolder): void {
    this.#holders.set(name, holder);
  }

  /** Lets go of everything a transaction holds. */
  release(holder: LockHolder): void {
    for (const [name, owner] of this.#holders) if (owner === holder) this.#holders.delete(name);
  }
}

export function recordLock(collection: Collection, record: number): string {
  return `${collection.number}/${record}`;
}

export function keyLock(index: number, encoded: Uint8Array): string {
  return `${index}:${Buffer.from(encoded).toString('latin1')}`;
}

export function collectionLock(db: string, name: string): string {
  return `${db}.${name}`;
}
