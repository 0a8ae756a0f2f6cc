import { Document } from '../core/document.ts';
import { fail, MongoError } from '../core/errors.ts';
import type { Value } from '../core/values.ts';
import type { Engine } from '../engine.ts';
import type { Fault } from '../fail-points.ts';
import { enterSession, type Place } from '../session/enter.ts';
import type { SnapshotView } from '../session/snapshots.ts';
import { refuseInTransaction } from '../session/transaction.ts';
import { numberOf } from '../store/index-definition.ts';
import type { Answer, Connection } from '../wire/connection.ts';
import { type Message, OP_QUERY } from '../wire/message.ts';
import { finishReply, type Reply, withFields } from '../wire/raw.ts';
import type { Command, Request } from './command.ts';
import { asMongoError, errorReply, type LabelContext, labelsOf } from './errors.ts';
import { checkFields } from './fields.ts';
import { checkReadConcern } from './read-concern.ts';
import { commands } from './registry.ts';
import { checkStableApi } from './stable-api.ts';
import { unmetConcern } from './write-concern.ts';

const noFields: ReadonlySet<string> = new Set();
/** The commands that take a write concern. */
const writes: ReadonlySet<string> = new Set([
  'abortTransaction',
  'aggregate',
  'collMod',
  'commitTransaction',
  'create',
  'createIndexes',
  'delete',
  'deleteIndexes',
  'drop',
  'dropDatabase',
  'dropIndexes',
  'findAndModify',
  'findandmodify',
  'insert',
  'renameCollection',
  'update',
]);

/** One command on its way. */
interface Context {
  readonly engine: Engine;
  readonly message: Message;
  readonly connection: Connection;
  readonly name: string;
  place: Place | undefined;
  fault: Fault | undefined;
}

/** Answers one message: finds the command, checks what it was given, runs it, words its failure. */
export function answer(engine: Engine, message: Message, connection: Connection): Answer | Promise<Answer> {
  const name = message.body.keys()[0] ?? '';
  const context: Context = { engine, message, connection, name, place: undefined, fault: undefined };
  if (!engine.failPoints.enabled) return run(context);
  const appName = connection.appName;
  const fault = engine.failPoints.faultFor(name, appName);
  context.fault = fault;
  if (!fault) return run(context);
  if (fault.blockMs === 0) return afterFault(context, fault);
  return new Promise((resolve) => setTimeout(() => resolve(afterFault(context, fault)), fault.blockMs));
}

function afterFault(context: Context, fault: Fault): Answer | Promise<Answer> {
  if (fault.closeConnection) return undefined;
  if (!fault.error) return run(context);
  const { engine } = context;
  const labels = fault.labels ?? labelsOf(fault.error.code, labelContext(context));
  return finishReply(errorReply(fault.error, labels), engine.store.clock.committed);
}

function run(context: Context): Answer | Promise<Answer> {
  try {
    const reply = start(context);
    if (!(reply instanceof Promise)) return succeed(context, reply);
    return reply.then(
      (done) => succeed(context, done),
      (error: unknown) => failed(context, error),
    );
  } catch (error) {
    return failed(context, error);
  }
}

const isEnd = (name: string): boolean => name === 'commitTransaction' || name === 'abortTransaction';

function labelContext({ name, message }: Context): LabelContext {
  const inTransaction = message.body.get('autocommit') === false;
  return { inTransaction, isEnd: isEnd(name), isRetryable: !inTransaction && message.body.has('txnNumber') };
}

function succeed(context: Context, reply: Reply): Answer {
  const { engine, name } = context;
  engine.counters.count(name, false);
  const time = engine.store.clock.committed;
  if (!context.fault && !context.message.body.has('writeConcern')) return finishReply(reply, time);
  return finishReply(withFields(reply, concernFields(context)), time);
}

/** What an answer says about a write concern that was not met, or was made to fail. */
function concernFields(context: Context): [string, Value][] {
  const { fault, message, name, place } = context;
  const error =
    fault?.writeConcernError ??
    (writes.has(name) && !place?.transaction ? unmetConcern(message.body) : undefined);
  if (!error) return [];
  const labels =
    fault?.labels ??
    labelsOf(numberOf(error.get('code')) ?? 0, labelContext(context)).filter(
      (label) => label === 'RetryableWriteError',
    );
  const fields: [string, Value][] = [['writeConcernError', error]];
  if (labels.length > 0) fields.push(['errorLabels', [...labels]]);
  return fields;
}

function failed(context: Context, thrown: unknown): Answer {
  const { engine, name, place } = context;
  const error = asMongoError(thrown);
  if (error.code === 1 && thrown instanceof Error && !(thrown instanceof MongoError)) engine.report(thrown);
  engine.counters.count(Object.hasOwn(commands, name) ? name : 'unknown', true);
  if (place?.transaction) place.session?.abort();
  return finishReply(
    errorReply(error, labelsOf(error.code, labelContext(context))),
    engine.store.clock.committed,
  );
}

function commandOf(name: string): Command {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  return command ?? fail(59, 'CommandNotFound', `no such command: '${name}'`);
}

function start(context: Context): Reply | Promise<Reply> {
  const { engine, message, name, connection } = context;
  const { body, sequences } = message;
  const command = commandOf(name);
  const db = databaseOf(message, name);
  if (command.adminOnly && db !== 'admin') {
    fail(13, 'Unauthorized', `${name} may only be run against the admin database.`);
  }
  if (body.get('writeConcern') instanceof Document && !writes.has(name)) {
    fail(72, 'InvalidOptions', 'Command does not support writeConcern');
  }
  checkFields(name, body, command.fields, sequences.size === 0 ? noFields : new Set(sequences.keys()));
  checkStableApi(name, body);
  if (body.get('autocommit') === false) checkInTransaction(name, db, body);
  const place = enterSession(engine, name, body);
  context.place = place;
  if (!place.transaction) checkReadConcern(name, body);
  if (place.transaction && !command.inTransaction) refuseInTransaction(name);
  const { session, txnNumber, transaction } = place;
  const snapshot = transaction ? undefined : snapshotOf(engine, name, body);
  const view = transaction ?? snapshot ?? engine.store;
  const deadline = deadlineOf(body);
  const request: Request = {
    name,
    body,
    db,
    sequences,
    connection,
    session,
    txnNumber,
    transaction,
    view,
    snapshotTime: snapshot?.time,
    deadline,
  };
  engine.store.deadline = deadline;
  try {
    return command.run(request, engine);
  } finally {
    engine.store.deadline = undefined;
  }
}

function databaseOf({ body, opCode, database }: Message, name: string): string {
  const db = body.get('$db');
  if (typeof db === 'string') return db;
  if (opCode === OP_QUERY && database !== undefined) {
    if (name.toLowerCase() === 'ismaster' || name === 'hello') return database;
    return fail(
      352,
      'UnsupportedOpQueryCommand',
      `Unsupported OP_QUERY command: ${name}. The client driver may require an upgrade.`,
    );
  }
  return fail(40571, 'Location40571', 'OP_MSG requests require a $db argument');
}

const ENDS: ReadonlySet<string> = new Set(['commitTransaction', 'abortTransaction']);
const NOT_FIRST: ReadonlySet<string> = new Set([...ENDS, 'killCursors', 'getMore']);

/**
 * What is refused before a transaction begins or goes on, which it survives: concerns belong to its first command
 * and to its commit (manual, "Transactions").
 */
function checkInTransaction(name: string, db: string, body: Document): void {
  checkReadConcern(name, body);
  if (body.get('startTransaction') === true && NOT_FIRST.has(name)) {
    fail(
      263,
      'OperationNotSupportedInTransaction',
      `Cannot run '${name}' as the first operation in a multi-document transaction.`,
    );
  }
  if (ENDS.has(name)) return;
  if (db === 'config' || db === 'local') {
    fail(
      263,
      'OperationNotSupportedInTransaction',
      `Cannot run command against the '${db}' database in a transaction.`,
    );
  }
  if (body.get('writeConcern') !== undefined) {
    fail(72, 'InvalidOptions', 'writeConcern is not allowed within a multi-statement transaction');
  }
  if (body.get('startTransaction') !== true && body.get('readConcern') instanceof Document) {
    fail(72, 'InvalidOptions', 'Only the first command in a transaction may specify a readConcern');
  }
}

function snapshotOf(engine: Engine, name: string, body: Document): SnapshotView | undefined {
  if (name === 'getMore' || name === 'killCursors') return undefined;
  const concern = body.get('readConcern');
  if (!(concern instanceof Document) || concern.get('level') !== 'snapshot') return undefined;
  return engine.snapshots.viewFor(concern);
}

function deadlineOf(body: Document): number | undefined {
  const ms = numberOf(body.get('maxTimeMS'));
  if (ms === undefined || ms === 0) return undefined;
  if (ms < 0 || !Number.isInteger(ms) || ms > 2 ** 31 - 1) {
    fail(2, 'BadValue', `${ms} value for maxTimeMS is out of range [0, 2147483647]`);
  }
  return Date.now() + ms;
}
