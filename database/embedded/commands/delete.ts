import { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import type { Engine } from '../engine.ts';
import type { Row } from '../planner/execute.ts';
import { numberOf } from '../store/index-definition.ts';
import type { Writer } from '../store/writer.ts';
import type { Command, Request } from './command.ts';
import { checkFields, required, types } from './fields.ts';
import { targetOf } from './namespace.ts';
import { documentOf, effectiveCollation, envOf, queryOf } from './query.ts';
import { findRows } from './reading.ts';
import { eachStatement, runWrite, statementsOf, writeReply } from './writing.ts';

const statementFields = {
  q: types.object,
  limit: types.number,
  collation: types.object,
  hint: types.any,
  sampleId: types.any,
};
const none: ReadonlySet<string> = new Set();

function limitOf(statement: Document): number {
  const limit = numberOf(required('delete.deletes', statement, 'limit'));
  if (limit !== 0 && limit !== 1) {
    fail(9, 'FailedToParse', `The limit field in delete objects must be 0 or 1. Got ${limit}`);
  }
  return limit;
}

function deleteOne(
  request: Request,
  engine: Engine,
  writer: Writer,
  name: string,
  statement: Document,
): number {
  const limit = limitOf(statement);
  const collection = writer.collection(request.db, name);
  const env = envOf(effectiveCollation(statement.get('collation'), collection), request.body.get('let'));
  const filter = documentOf(required('delete.deletes', statement, 'q')) ?? Document.of();
  const query = queryOf(filter, env, { limit: limit === 1 ? 1 : undefined, hint: statement.get('hint') });
  if (!collection) return 0;
  const { rows } = findRows(engine, collection, writer, query, undefined);
  const found = limit === 1 ? firstOf(rows) : [...rows];
  for (const { record, doc } of found) writer.remove(collection, record, doc);
  return found.length;
}

/** The first row, as a list. */
export function firstOf(rows: Iterable<Row>): Row[] {
  for (const row of rows) return [row];
  return [];
}

function remove(request: Request, engine: Engine): Document | Promise<Document> {
  const name = targetOf(request);
  const statements = statementsOf(request, 'deletes');
  for (const statement of statements) {
    checkFields('delete.deletes', statement, statementFields, none);
    limitOf(statement);
  }
  return runWrite(request, engine, (writer) => {
    let n = 0;
    const errors = eachStatement(request, statements, (statement) => {
      n += deleteOne(request, engine, writer, name, statement);
    });
    return writeReply(n, errors);
  });
}

export const deleteCommand: Command = {
  inTransaction: true,
  fields: {
    delete: types.any,
    deletes: types.array,
    ordered: types.bool,
    let: types.object,
    stmtIds: types.array,
    bypassDocumentValidation: types.boolish,
  },
  run: remove,
};
