import { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import type { Value } from '../core/values.ts';
import type { Engine } from '../engine.ts';
import { checkState, latestNumber } from '../session/enter.ts';
import type { Session } from '../session/sessions.ts';
import type { Command, Request } from './command.ts';
import { types } from './fields.ts';
import { checkWriteConcern } from './write-concern.ts';

function endAll(field: string, { body }: Request, engine: Engine): Document {
  for (const lsid of (body.get(field) as readonly Value[] | undefined) ?? []) {
    if (!(lsid instanceof Document)) continue;
    const ended = engine.sessions.of(lsid);
    engine.cursors.killWhere((cursor) => cursor.session === ended);
    engine.sessions.end(lsid);
  }
  return Document.of();
}

export const endSessionsCommand: Command = {
  fields: { endSessions: types.array },
  run: (request, engine) => endAll('endSessions', request, engine),
};

export const killSessionsCommand: Command = {
  fields: { killSessions: types.array },
  run: (request, engine) => endAll('killSessions', request, engine),
};

export const refreshSessionsCommand: Command = {
  fields: { refreshSessions: types.array },
  run: ({ body }, engine) => {
    for (const lsid of (body.get('refreshSessions') as readonly Value[] | undefined) ?? []) {
      if (lsid instanceof Document) engine.sessions.of(lsid);
    }
    return Document.of();
  },
};

function sessionOf(request: Request): { session: Session; number: bigint } {
  const { session, txnNumber } = request;
  if (!session || txnNumber === undefined || request.body.get('autocommit') !== false) {
    return fail(125, 'CommandFailed', `${request.name} must be run within a transaction`);
  }
  return { session, number: txnNumber };
}

/** A commit that was done before a restart is known from the stored results. */
function isCommitted(engine: Engine, session: Session, number: bigint): boolean {
  if (session.number === number && session.state === 'committed') return true;
  const stored = engine.results.find(session.key);
  return (
    stored?.number === number &&
    stored.reply === undefined &&
    session.number <= number &&
    session.state !== 'open'
  );
}

function commit(request: Request, engine: Engine): Document | Promise<Document> {
  const { session, number } = sessionOf(request);
  checkWriteConcern(request.body);
  if (isCommitted(engine, session, number)) return Document.of();
  if (number > session.number && number <= latestNumber(engine, session)) checkState(session, number);
  checkState(session, number);
  const { transaction } = session;
  if (!transaction)
    return fail(251, 'NoSuchTransaction', `Transaction with { txnNumber: ${number} } has been aborted.`);
  if (!transaction.hasWrites) {
    finish(session);
    return Document.of();
  }
  const committed = engine.store.write((writer) => {
    if (!transaction.isOpen)
      fail(251, 'NoSuchTransaction', `Transaction with { txnNumber: ${number} } has been aborted.`);
    writer.as(transaction, { session: session.id, number }, () => transaction.apply(writer));
    engine.results.save(session.key, number, undefined);
    writer.writes++;
    return Document.of();
  });
  return committed.then(
    (reply) => {
      finish(session);
      return reply;
    },
    (error: unknown) => {
      session.abort();
      throw error;
    },
  );
}

function finish(session: Session): void {
  session.transaction?.end();
  session.transaction = undefined;
  session.state = 'committed';
}

export const commitTransactionCommand: Command = {
  adminOnly: true,
  fields: { commitTransaction: types.any, recoveryToken: types.any },
  run: commit,
};

export const abortTransactionCommand: Command = {
  adminOnly: true,
  fields: { abortTransaction: types.any, recoveryToken: types.any },
  run: (request) => {
    const { session, number } = sessionOf(request);
    checkState(session, number);
    session.abort();
    return Document.of();
  },
};
