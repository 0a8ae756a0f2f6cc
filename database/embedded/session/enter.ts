import type { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import type { Engine } from '../engine.ts';
import type { Session } from './sessions.ts';
import { ClientTransaction } from './transaction.ts';

/** Which session and transaction a command belongs to. */
export interface Place {
  readonly session: Session | undefined;
  readonly txnNumber: bigint | undefined;
  readonly transaction: ClientTransaction | undefined;
}

const noPlace: Place = { session: undefined, txnNumber: undefined, transaction: undefined };

/** The commands that may be sent again. */
const retryable: ReadonlySet<string> = new Set([
  'delete',
  'findAndModify',
  'findandmodify',
  'insert',
  'update',
  'commitTransaction',
  'abortTransaction',
]);

function refuseNumber(name: string): never {
  return fail(
    50768,
    'Location50768',
    `txnNumber may only be provided for multi-document transactions and retryable write commands. autocommit:false was not provided, and ${name} is not a retryable write command.`,
  );
}

/** The commands that end transactions find their own way. */
const ends: ReadonlySet<string> = new Set(['commitTransaction', 'abortTransaction']);

/**
 * Finds the session of a command and, with `autocommit: false`, opens or resumes its transaction. Throws the
 * codes of the transactions specification: 72, 117, 225, 251, 256, 50768.
 */
export function enterSession(engine: Engine, name: string, body: Document): Place {
  const lsid = body.get('lsid') as Document | null | undefined;
  const number = body.get('txnNumber');
  if (!lsid) {
    if (number === undefined) return noPlace;
    return fail(72, 'InvalidOptions', 'Transaction number requires a session ID to also be specified');
  }
  const session = engine.sessions.of(lsid);
  const autocommit = body.get('autocommit');
  const start = body.get('startTransaction');
  if (number === undefined) {
    if (autocommit !== undefined)
      fail(72, 'InvalidOptions', "'autocommit' field requires a transaction number to also be specified");
    if (start !== undefined)
      fail(
        72,
        'InvalidOptions',
        "'startTransaction' field requires a transaction number to also be specified",
      );
    return { ...noPlace, session };
  }
  if (typeof number !== 'bigint')
    fail(
      14,
      'TypeMismatch',
      "BSON field 'OperationSessionInfo.txnNumber' is the wrong type, expected type 'long'",
    );
  if (number < 0n) fail(72, 'InvalidOptions', 'Transaction number cannot be negative');
  if (autocommit === undefined) {
    if (start !== undefined)
      fail(72, 'InvalidOptions', "'startTransaction' field requires 'autocommit' field to also be specified");
    if (!retryable.has(name)) refuseNumber(name);
    return enterRetryable(session, number);
  }
  if (autocommit !== false) fail(72, 'InvalidOptions', 'Specifying autocommit=true is not allowed.');
  if (start === false) fail(72, 'InvalidOptions', 'Specifying startTransaction=false is not allowed.');
  if (ends.has(name)) {
    return { session, txnNumber: number, transaction: undefined };
  }
  const transaction = start === true ? begin(engine, session, number) : resume(session, number);
  return { session, txnNumber: number, transaction };
}

/** A retryable write with a new number ends an open transaction of its session. */
function enterRetryable(session: Session, number: bigint): Place {
  if (number > session.number) {
    session.abort();
    session.number = number;
    session.state = 'none';
  }
  return { session, txnNumber: number, transaction: undefined };
}

function begin(engine: Engine, session: Session, number: bigint): ClientTransaction {
  const latest = latestNumber(engine, session);
  if (number < latest) {
    fail(
      225,
      'TransactionTooOld',
      `Cannot start transaction ${number} on session ${session.key.toString('hex')} because a newer transaction ${latest} has already started on this session.`,
    );
  }
  if (number === latest) {
    fail(
      117,
      'ConflictingOperationInProgress',
      'Only servers in a sharded cluster can start a new transaction at the active transaction number',
    );
  }
  session.abort();
  session.number = number;
  session.state = 'open';
  session.transaction = new ClientTransaction(engine.store, number);
  return session.transaction;
}

/** The highest number this session has used, also before a restart. */
export function latestNumber(engine: Engine, session: Session): bigint {
  const stored = engine.results.find(session.key)?.number ?? -1n;
  return stored > session.number ? stored : session.number;
}

function resume(session: Session, number: bigint): ClientTransaction {
  checkState(session, number);
  const { transaction } = session;
  if (!transaction?.isOpen) refuseNone(session, number);
  return transaction;
}

/** Throws 251 or 256 unless this transaction of the session is the open one. */
export function checkState(session: Session, number: bigint): void {
  if (number < session.number) {
    fail(
      225,
      'TransactionTooOld',
      `Cannot continue transaction ${number} on session ${session.key.toString('hex')} because a newer transaction ${session.number} has already started on this session.`,
    );
  }
  if (number > session.number) refuseNone(session, number);
  if (session.state === 'committed')
    fail(256, 'TransactionCommitted', `Transaction with { txnNumber: ${number} } has been committed.`);
  if (session.state === 'aborted')
    fail(251, 'NoSuchTransaction', `Transaction with { txnNumber: ${number} } has been aborted.`);
}

function refuseNone(session: Session, number: bigint): never {
  return fail(
    251,
    'NoSuchTransaction',
    `Given transaction number ${number} does not match any in-progress transactions. The active transaction number is ${session.number}`,
  );
}
