import { Document } from '../core/document.ts';
import { fail, MongoError } from '../core/errors.ts';
import type { Engine } from '../engine.ts';
import { enterSession, type Place } from '../session/enter.ts';
import { refuseInTransaction } from '../session/transaction.ts';
import { numberOf } from '../store/index-definition.ts';
import type { Answer, Connection } from '../wire/connection.ts';
import { type Message, OP_QUERY } from '../wire/message.ts';
import { finishReply, type Reply } from '../wire/raw.ts';
import type { Command, Request } from './command.ts';
import { asMongoError, errorReply, labelsOf } from './errors.ts';
import { checkFields } from './fields.ts';
import { commands } from './registry.ts';

const noFields: ReadonlySet<string> = new Set();

interface Context {
  readonly engine: Engine;
  readonly message: Message;
  readonly name: string;
  place: Place | undefined;
}

/** Answers one message: finds the command, checks what it was given, runs it, words its failure. */
export function answer(engine: Engine, message: Message, connection: Connection): Answer | Promise<Answer> {
  const name = message.body.keys()[0] ?? '';
  const context: Context = { engine, message, name, place: undefined };
  try {
    const reply = start(context, connection);
    if (!(reply instanceof Promise)) return succeed(context, reply);
    return reply.then(
      (done) => succeed(context, done),
      (error: unknown) => failed(context, error),
    );
  } catch (error) {
    return failed(context, error);
  }
}

function succeed({ engine, name }: Context, reply: Reply): Answer {
  engine.counters.count(name, false);
  return finishReply(reply, engine.store.clock.committed);
}

function failed(context: Context, thrown: unknown): Answer {
  const { engine, name, place } = context;
  const error = asMongoError(thrown);
  if (error.code === 1 && thrown instanceof Error && !(thrown instanceof MongoError)) engine.report(thrown);
  engine.counters.count(name in commands ? name : 'unknown', true);
  const inTransaction = context.message.body.get('autocommit') === false;
  const isEnd = name === 'commitTransaction' || name === 'abortTransaction';
  if (place?.transaction) place.session?.abort();
  const retryable = place?.txnNumber !== undefined && !inTransaction;
  const labels = labelsOf(error, { inTransaction, isEnd, retryable });
  return finishReply(errorReply(error, labels), engine.store.clock.committed);
}

function commandOf(name: string): Command {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  return command ?? fail(59, 'CommandNotFound', `no such command: '${name}'`);
}

function start(context: Context, connection: Connection): Reply | Promise<Reply> {
  const { engine, message, name } = context;
  const { body, sequences } = message;
  const command = commandOf(name);
  const db = databaseOf(message, name);
  if (command.adminOnly && db !== 'admin')
    fail(13, 'Unauthorized', `${name} may only be run against the admin database.`);
  checkFields(name, body, command.fields, sequences.size === 0 ? noFields : new Set(sequences.keys()));
  const place = enterSession(engine, name, body);
  context.place = place;
  if (place.transaction) {
    if (!command.inTransaction) refuseInTransaction(name);
    checkConcerns(body);
  }
  const request: Request = {
    name,
    body,
    db,
    sequences,
    connection,
    session: place.session,
    txnNumber: place.txnNumber,
    transaction: place.transaction,
    view: place.transaction ?? engine.store,
    deadline: deadlineOf(body),
  };
  return command.run(request, engine);
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

/** Concerns belong to the first command of a transaction and to its commit (manual, "Transactions"). */
function checkConcerns(body: Document): void {
  if (body.get('writeConcern') !== undefined)
    fail(72, 'InvalidOptions', 'writeConcern is not allowed within a multi-statement transaction');
  if (body.get('startTransaction') !== true && body.get('readConcern') instanceof Document) {
    fail(72, 'InvalidOptions', 'Only the first command in a transaction may specify a readConcern');
  }
}

function deadlineOf(body: Document): number | undefined {
  const ms = numberOf(body.get('maxTimeMS'));
  if (ms === undefined || ms === 0) return undefined;
  if (ms < 0 || !Number.isInteger(ms) || ms > 2 ** 31 - 1)
    fail(2, 'BadValue', `${ms} value for maxTimeMS is out of range [0, 2147483647]`);
  return Date.now() + ms;
}
