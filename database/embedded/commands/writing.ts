import { Document } from '../core/document.ts';
import { fail, MongoError } from '../core/errors.ts';
import { int32, type Value } from '../core/values.ts';
import type { Engine } from '../engine.ts';
import type { Collection } from '../store/catalog.ts';
import { isTrue } from '../store/index-definition.ts';
import type { Writer } from '../store/writer.ts';
import { MAX_BATCH } from '../wire/message.ts';
import type { Request } from './command.ts';
import { writeError } from './errors.ts';
import { required } from './fields.ts';
import { checkWriteConcern } from './write-concern.ts';

/**
 * Runs a write where it belongs: in the client's transaction, or in the next commit, there together with what is
 * remembered of a retryable write, which is answered from memory when it comes again.
 */
export function runWrite(
  request: Request,
  engine: Engine,
  job: (writer: Writer) => Document,
): Document | Promise<Document> {
  const { transaction, session, txnNumber, deadline } = request;
  checkWriteConcern(request.body);
  if (transaction) return job(transaction);
  if (session === undefined || txnNumber === undefined) return engine.store.write(job, deadline);
  let closes = false;
  const written = engine.store.write((writer) => {
    const known = engine.results.answered(session.key, txnNumber);
    if (known) return known;
    const reply = job(writer);
    const fault = engine.failPoints.writeFault();
    closes = fault?.closeConnection === true;
    if (fault?.error) throw fault.error;
    engine.results.save(session.key, txnNumber, reply);
    writer.writes++;
    return reply;
  }, deadline);
  if (!engine.failPoints.enabled) return written;
  return written.finally(() => {
    if (closes) request.connection.close();
  });
}

/** The statements of a write command, from its body or its document sequence. Throws 21 for too few or too many. */
export function statementsOf(request: Request, field: string): readonly Document[] {
  const list = request.sequences.get(field) ?? required(request.name, request.body, field);
  const statements = list as readonly Value[];
  if (statements.length < 1 || statements.length > MAX_BATCH) {
    fail(
      21,
      'InvalidLength',
      `Write batch sizes must be between 1 and ${MAX_BATCH}. Got ${statements.length} operations.`,
    );
  }
  for (const [i, statement] of statements.entries()) {
    if (!(statement instanceof Document)) {
      fail(
        14,
        'TypeMismatch',
        `BSON field '${request.name}.${field}.${i}' is the wrong type, expected type 'object'`,
      );
    }
  }
  return statements as readonly Document[];
}

/** Codes that end the whole command rather than one statement. */
const whole: ReadonlySet<number> = new Set([112, 251, 246, 14031, 50, 11600]);

/** Runs statements one by one; errors are kept per statement, and the first one ends an ordered command. */
export function eachStatement(
  request: Request,
  statements: readonly Document[],
  run: (statement: Document, index: number) => void,
): Document[] {
  const errors: Document[] = [];
  const ordered = isTrue(request.body.get('ordered') ?? true);
  for (let i = 0; i < statements.length; i++) {
    try {
      run(statements[i] as Document, i);
    } catch (error) {
      if (!(error instanceof MongoError) || whole.has(error.code)) throw error;
      errors.push(writeError(i, error));
      if (request.transaction) request.session?.abort();
      if (ordered || request.transaction) break;
    }
  }
  return errors;
}

/** `{ n, …more, writeErrors }`. */
export function writeReply(
  n: number,
  errors: readonly Document[],
  more: readonly [string, Value][] = [],
): Document {
  const fields: [string, Value][] = [['n', int32(n)], ...more];
  if (errors.length > 0) fields.push(['writeErrors', [...errors]]);
  return Document.of(fields);
}

/** The collection to write to, made when it does not exist yet. */
export function collectionToWrite(writer: Writer, db: string, name: string): Collection {
  return writer.collection(db, name) ?? writer.create(db, name, Document.of());
}
