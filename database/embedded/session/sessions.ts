import type { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import { Binary, type Value } from '../core/values.ts';
import type { ClientTransaction } from './transaction.ts';

const SESSION_MINUTES = 30;
/** MongoDB's default of transactionLifetimeLimitSeconds. */
const TRANSACTION_SECONDS = 60;

type State = 'none' | 'open' | 'committed' | 'aborted';

/** A client's session: the number of its last transaction or retryable write, and how far that has come. */
export class Session {
  readonly key: Buffer;
  readonly id: Document;
  usedAt = Date.now();
  number = -1n;
  state: State = 'none';
  transaction: ClientTransaction | undefined;

  constructor(key: Buffer, id: Document) {
    this.key = key;
    this.id = id;
  }

  /** Ends the open transaction without a trace. */
  abort(): void {
    this.transaction?.end();
    this.transaction = undefined;
    if (this.state === 'open') this.state = 'aborted';
  }
}

/** The sessions that were used in the last thirty minutes. */
export class Sessions {
  readonly #sessions = new Map<string, Session>();
  /** How long a transaction may stay open: one whose client is gone holds what it wrote until then. */
  readonly transactionSeconds: number;

  constructor(transactionSeconds = TRANSACTION_SECONDS) {
    this.transactionSeconds = transactionSeconds;
  }

  get size(): number {
    return this.#sessions.size;
  }

  get openTransactions(): number {
    let open = 0;
    for (const session of this.#sessions.values()) if (session.transaction) open++;
    return open;
  }

  /** The session of an `lsid`. Throws 9 or 14 for what is none. */
  of(lsid: Document): Session {
    const id = lsid.get('id');
    if (!(id instanceof Binary) || id.subtype !== 4 || id.bytes.length !== 16) refuseId(id);
    const name = id.bytes.toString('latin1');
    let session = this.#sessions.get(name);
    if (!session) {
      session = new Session(Buffer.from(id.bytes), lsid);
      this.#sessions.set(name, session);
    }
    session.usedAt = Date.now();
    return session;
  }

  all(): Session[] {
    return [...this.#sessions.values()];
  }

  isLive(hex: string): boolean {
    return this.#sessions.has(Buffer.from(hex, 'hex').toString('latin1'));
  }

  end(lsid: Document): void {
    const id = lsid.get('id');
    if (!(id instanceof Binary)) return;
    const name = id.bytes.toString('latin1');
    this.#sessions.get(name)?.abort();
    this.#sessions.delete(name);
  }

  /** Aborts transactions over their time and forgets sessions that nobody used. */
  expire(now = Date.now()): void {
    for (const [name, session] of this.#sessions) {
      const { transaction } = session;
      if (transaction && now - transaction.startedAt > this.transactionSeconds * 1000) session.abort();
      if (now - session.usedAt > SESSION_MINUTES * 60_000) {
        session.abort();
        this.#sessions.delete(name);
      }
    }
  }

  abortAll(): void {
    for (const session of this.#sessions.values()) session.abort();
  }
}

function refuseId(id: Value | undefined): never {
  if (id === undefined)
    return fail(
      40414,
      'Location40414',
      "BSON field 'OperationSessionInfo.lsid.id' is missing but a required field",
    );
  return fail(9, 'FailedToParse', 'The session id must be a UUID');
}
