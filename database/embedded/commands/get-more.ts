import { Document } from '../core/document.ts';
import { fail, MongoError } from '../core/errors.ts';
import type { Value } from '../core/values.ts';
import type { Batch, Cursor } from '../cursor/cursors.ts';
import type { Engine } from '../engine.ts';
import { numberOf } from '../store/index-definition.ts';
import { cursorReply, type Reply } from '../wire/raw.ts';
import type { Command, Request } from './command.ts';
import { required, types } from './fields.ts';
import { countOf } from './reading.ts';

function cursorOf(request: Request, engine: Engine): Cursor {
  const { body, db } = request;
  const id = body.get('getMore') as bigint;
  const collection = required('getMore', body, 'collection') as string;
  const cursor = engine.cursors.get(id);
  if (cursor.db !== db || cursor.collection !== collection) {
    fail(
      13,
      'Unauthorized',
      `Requested getMore on namespace '${db}.${collection}', but cursor belongs to a different namespace ${cursor.db}.${cursor.collection}`,
    );
  }
  if (cursor.session && cursor.session !== request.session) {
    fail(
      13,
      'Unauthorized',
      `Cannot run getMore on cursor ${id}, which was created in session ${cursor.session.key.toString('hex')}, in another session`,
    );
  }
  checkTransaction(request, cursor);
  if (cursor.inUse) fail(12051, 'CursorInUse', `cursor id ${id} is already in use`);
  return cursor;
}

function checkTransaction(request: Request, cursor: Cursor): void {
  const { id, transaction } = cursor;
  if (transaction && request.transaction !== transaction) {
    fail(
      50740,
      'Location50740',
      `Cannot run getMore on cursor ${id}, which was created in a transaction, without the transaction number of that transaction`,
    );
  }
  if (!transaction && request.transaction) {
    fail(
      50740,
      'Location50740',
      `Cannot run getMore on cursor ${id}, which was not created in a transaction, in a transaction`,
    );
  }
}

function getMore(request: Request, engine: Engine): Reply | Promise<Reply> {
  const cursor = cursorOf(request, engine);
  const { body, deadline } = request;
  const count = countOf('getMore', 'batchSize', body.get('batchSize')) || undefined;
  const maxTimeMS = numberOf(body.get('maxTimeMS'));
  if (maxTimeMS !== undefined && !cursor.source.isChangeStream) {
    fail(2, 'BadValue', 'cannot set maxTimeMS on getmore command for a non-awaitData cursor');
  }
  cursor.inUse = true;
  try {
    const error = engine.failPoints.getMoreError();
    if (error) throw error;
    const batch = cursor.source.next(count, {
      ...(deadline && { deadline }),
      ...(maxTimeMS && { maxTimeMS }),
    });
    if (!(batch instanceof Promise)) return answerOf(engine, cursor, batch);
    return batch.then(
      (done) => answerOf(engine, cursor, done),
      (error) => discard(engine, cursor, error),
    );
  } catch (error) {
    return discard(engine, cursor, error);
  }
}

/** Errors after which a change stream may be opened again where it was (change streams specification). */
const resumable: ReadonlySet<number> = new Set([
  6, 7, 63, 89, 91, 133, 150, 189, 234, 262, 9001, 10107, 11600, 11602, 13388, 13435, 13436,
]);

/** A cursor that failed is no more. */
function discard(engine: Engine, cursor: Cursor, error: unknown): never {
  engine.cursors.kill(cursor.id);
  if (error instanceof MongoError && cursor.source.isChangeStream && resumable.has(error.code)) {
    throw new MongoError(error.code, error.codeName, error.message, {
      labels: ['ResumableChangeStreamError'],
    });
  }
  throw error;
}

function answerOf(engine: Engine, cursor: Cursor, batch: Batch): Reply {
  cursor.inUse = false;
  cursor.usedAt = Date.now();
  if (!batch.open) engine.cursors.kill(cursor.id);
  const id = batch.open ? cursor.id : 0n;
  return cursorReply('nextBatch', batch.documents, id, `${cursor.db}.${cursor.collection}`, batch.more);
}

export const getMoreCommand: Command = {
  inTransaction: true,
  fields: {
    getMore: [18],
    collection: types.string,
    batchSize: types.number,
    term: types.any,
    lastKnownCommittedOpTime: types.any,
  },
  run: getMore,
};

function killCursors({ body }: Request, engine: Engine): Document {
  const ids = required('killCursors', body, 'cursors') as readonly Value[];
  const killed: Value[] = [];
  const unknown: Value[] = [];
  for (const id of ids) {
    if (typeof id !== 'bigint')
      fail(
        14,
        'TypeMismatch',
        "BSON field 'killCursors.cursors' has an element of the wrong type, expected type 'long'",
      );
    (engine.cursors.kill(id) ? killed : unknown).push(id);
  }
  return Document.of([
    ['cursorsKilled', killed],
    ['cursorsNotFound', unknown],
    ['cursorsAlive', []],
    ['cursorsUnknown', []],
  ]);
}

export const killCursorsCommand: Command = {
  inTransaction: true,
  fields: { killCursors: types.string, cursors: types.array },
  run: killCursors,
};
