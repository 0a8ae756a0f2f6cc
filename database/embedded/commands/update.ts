import { Document } from '../core/document.ts';
import type { MatchEnv } from '../core/env.ts';
import { fail } from '../core/errors.ts';
import { int32, type Value } from '../core/values.ts';
import type { Engine } from '../engine.ts';
import type { Collection } from '../store/catalog.ts';
import { isTrue } from '../store/index-definition.ts';
import type { Writer } from '../store/writer.ts';
import type { Command, Request } from './command.ts';
import { firstOf } from './delete.ts';
import { checkFields, required, types } from './fields.ts';
import { targetOf } from './namespace.ts';
import { documentOf, effectiveCollation, envOf, queryOf } from './query.ts';
import { findRows } from './reading.ts';
import { applyTo, insertNew, type PreparedUpdate, prepareUpdate } from './updating.ts';
import { collectionToWrite, eachStatement, runWrite, statementsOf, writeReply } from './writing.ts';

const statementFields = {
  q: types.object,
  u: types.arrayOrObject,
  c: types.object,
  upsert: types.boolish,
  multi: types.boolish,
  collation: types.object,
  arrayFilters: types.array,
  hint: types.any,
  upsertSupplied: types.boolish,
  sampleId: types.any,
};
const none: ReadonlySet<string> = new Set();

interface Outcome {
  matched: number;
  modified: number;
  upserted: Value | undefined;
}

interface Statement {
  readonly filter: Document;
  readonly update: PreparedUpdate;
  readonly env: MatchEnv;
  readonly multi: boolean;
  readonly upsert: boolean;
  readonly hint: Value | undefined;
}

function parse(
  engine: Engine,
  request: Request,
  statement: Document,
  collection: Collection | undefined,
): Statement {
  const filter = documentOf(required('update.updates', statement, 'q')) ?? Document.of();
  const env = envOf(effectiveCollation(statement.get('collation'), collection), request.body.get('let'));
  const multi = isTrue(statement.get('multi'));
  const update = prepareUpdate(
    required('update.updates', statement, 'u'),
    {
      arrayFilters: statement.get('arrayFilters'),
      constants: statement.get('c'),
      env,
    },
    engine,
  );
  if (multi && update.isReplacement)
    fail(9, 'FailedToParse', 'multi update is not supported for replacement-style update');
  return { filter, update, env, multi, upsert: isTrue(statement.get('upsert')), hint: statement.get('hint') };
}

function updateOne(request: Request, engine: Engine, writer: Writer, name: string, spec: Document): Outcome {
  const found = writer.collection(request.db, name);
  const statement = parse(engine, request, spec, found);
  const { filter, update, env, multi, upsert } = statement;
  const query = queryOf(filter, env, { limit: multi ? undefined : 1, hint: statement.hint });
  const bypass = isTrue(request.body.get('bypassDocumentValidation'));
  const outcome: Outcome = { matched: 0, modified: 0, upserted: undefined };
  if (found) {
    const { rows } = findRows(engine, found, writer, query, undefined);
    for (const row of multi ? [...rows] : firstOf(rows)) {
      outcome.matched++;
      if (applyTo(writer, found, row, query.matcher, update, bypass)) outcome.modified++;
    }
  }
  if (outcome.matched === 0 && upsert) {
    const collection = collectionToWrite(writer, request.db, name);
    const doc = insertNew(engine, writer, collection, query.matcher, update, bypass);
    outcome.upserted = doc.get('_id') ?? null;
  }
  return outcome;
}

function update(request: Request, engine: Engine): Document | Promise<Document> {
  const name = targetOf(request);
  const statements = statementsOf(request, 'updates');
  for (const statement of statements) checkFields('update.updates', statement, statementFields, none);
  return runWrite(request, engine, (writer) => {
    let n = 0;
    let modified = 0;
    const upserted: Value[] = [];
    const errors = eachStatement(request, statements, (statement, index) => {
      const outcome = updateOne(request, engine, writer, name, statement);
      n += outcome.matched;
      modified += outcome.modified;
      if (outcome.upserted === undefined) return;
      n++;
      upserted.push(
        Document.of([
          ['index', int32(index)],
          ['_id', outcome.upserted],
        ]),
      );
    });
    const more: [string, Value][] = upserted.length > 0 ? [['upserted', upserted]] : [];
    return writeReply(n, errors, [...more, ['nModified', int32(modified)]]);
  });
}

export const updateCommand: Command = {
  inTransaction: true,
  fields: {
    update: types.any,
    updates: types.array,
    ordered: types.bool,
    bypassDocumentValidation: types.boolish,
    let: types.object,
    stmtIds: types.array,
  },
  run: update,
};
