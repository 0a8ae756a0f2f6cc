import { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import { DateTime } from '../core/values.ts';
import type { Files } from '../store/files.ts';

/** What is remembered of the last retryable write or committed transaction of a session. */
export interface StoredResult {
  readonly number: bigint;
  /** What the write answered; undefined for a committed transaction. */
  readonly reply: Document | undefined;
}

/** Last results by session, in the same LMDB transaction as the writes they tell of. */
export class StoredResults {
  readonly #files: Files;

  constructor(files: Files) {
    this.#files = files;
  }

  find(session: Buffer): StoredResult | undefined {
    const bytes = this.#files.sessions.get(session);
    if (!bytes) return undefined;
    const stored = Document.fromBytes(bytes);
    return { number: stored.get('n') as bigint, reply: stored.get('r') as Document | undefined };
  }

  /** Called inside a commit. */
  save(session: Buffer, number: bigint, reply: Document | undefined): void {
    const stored = Document.of([
      ['n', number],
      ['at', new DateTime(Date.now())],
    ]);
    if (reply) stored.set('r', reply);
    this.#files.sessions.putSync(session, stored.toBytes());
  }

  /** Called inside a commit: forgets sessions that ended before a time. */
  forgetBefore(ms: number, isLive: (session: string) => boolean): number {
    let forgotten = 0;
    for (const { key, value } of [...this.#files.sessions.getRange({})]) {
      const at = Document.fromBytes(value).get('at');
      if (!(at instanceof DateTime) || at.ms >= ms || isLive(Buffer.from(key).toString('hex'))) continue;
      this.#files.sessions.removeSync(key);
      forgotten++;
    }
    return forgotten;
  }

  /**
   * The answer given to this very write before, if there was one. Throws 225 when the session has gone on to a
   * later number.
   */
  answered(session: Buffer, number: bigint): Document | undefined {
    const known = this.find(session);
    if (!known || known.number < number) return undefined;
    if (known.number === number && known.reply) return known.reply;
    if (known.number === number) {
      return fail(256, 'TransactionCommitted', `Transaction ${number} has been committed.`);
    }
    return refuseOld(session, number, known.number);
  }
}

/** Throws 225 TransactionTooOld. */
export function refuseOld(session: Buffer, number: bigint, latest: bigint): never {
  return fail(
    225,
    'TransactionTooOld',
    `Retryable write with txnNumber ${number} is prohibited on session ${session.toString('hex')} because a newer ` +
      `retryable write with txnNumber ${latest} has already started on this session.`,
  );
}
