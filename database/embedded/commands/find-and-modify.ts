import { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import { compileProjection } from '../core/projection/project.ts';
import { int32, type Value } from '../core/values.ts';
import type { Engine } from '../engine.ts';
import type { Row } from '../planner/execute.ts';
import type { Query } from '../planner/plan.ts';
import type { Collection } from '../store/catalog.ts';
import { isTrue } from '../store/index-definition.ts';
import type { Writer } from '../store/writer.ts';
import type { Command, Request } from './command.ts';
import { firstOf } from './delete.ts';
import { types } from './fields.ts';
import { targetOf } from './namespace.ts';
import { documentOf, effectiveCollation, envOf, queryOf } from './query.ts';
import { findRows } from './reading.ts';
import { applyTo, insertNew, prepareUpdate } from './updating.ts';
import { collectionToWrite, runWrite } from './writing.ts';

const NOTHING = Document.of();

function checkOptions(body: Document): void {
  const remove = isTrue(body.get('remove'));
  const update = body.get('update') ?? undefined;
  const refuse = (message: string): never => fail(9, 'FailedToParse', message);
  if (!remove && update === undefined) refuse('Either an update or remove=true must be specified');
  if (!remove) return;
  if (update !== undefined) refuse('Cannot specify both an update and remove=true');
  if (isTrue(body.get('upsert'))) refuse('Cannot specify both upsert=true and remove=true');
  if (isTrue(body.get('new')))
    refuse("Cannot specify both new=true and remove=true; 'remove' always returns the deleted document");
}

function usesPosition(projection: Document | undefined): boolean {
  return projection?.keys().some((name) => name.endsWith('.$')) === true;
}

interface Work {
  readonly request: Request;
  readonly engine: Engine;
  readonly writer: Writer;
  readonly query: Query;
  readonly project: (doc: Document) => Document;
}

function replyOf(last: [string, Value][], value: Value): Document {
  return Document.of([
    ['lastErrorObject', Document.of(last)],
    ['value', value],
  ]);
}

function removeFound(
  { writer, project }: Work,
  collection: Collection | undefined,
  row: Row | undefined,
): Document {
  if (!collection || !row) return replyOf([['n', int32(0)]], null);
  const shown = project(row.doc);
  writer.remove(collection, row.record, row.doc);
  return replyOf([['n', int32(1)]], shown);
}

function updateFound(work: Work, found: Collection | undefined, row: Row | undefined): Document {
  const { request, engine, writer, query, project } = work;
  const { body } = request;
  const bypass = isTrue(body.get('bypassDocumentValidation'));
  const wantsNew = isTrue(body.get('new'));
  const update = prepareUpdate(
    body.get('update') as Value,
    {
      arrayFilters: body.get('arrayFilters'),
      constants: undefined,
      env: query.env,
    },
    engine,
  );
  if (found && row) {
    const shown = wantsNew ? undefined : project(row.doc);
    const after = applyTo(writer, found, row, query.matcher, update, bypass) ?? row.doc;
    return replyOf(
      [
        ['n', int32(1)],
        ['updatedExisting', true],
      ],
      shown ?? project(after),
    );
  }
  if (!isTrue(body.get('upsert')))
    return replyOf(
      [
        ['n', int32(0)],
        ['updatedExisting', false],
      ],
      null,
    );
  const collection = collectionToWrite(writer, request.db, body.get(request.name) as string);
  const doc = insertNew(engine, writer, collection, query.matcher, update, bypass);
  const last: [string, Value][] = [
    ['n', int32(1)],
    ['updatedExisting', false],
    ['upserted', doc.get('_id') ?? null],
  ];
  return replyOf(last, wantsNew ? project(doc) : null);
}

function findAndModify(request: Request, engine: Engine): Document | Promise<Document> {
  const { body, db } = request;
  const name = targetOf(request);
  checkOptions(body);
  return runWrite(request, engine, (writer) => {
    const collection = writer.collection(db, name);
    const env = envOf(effectiveCollation(body.get('collation'), collection), body.get('let'));
    const sort = documentOf(body.get('sort'));
    const query = queryOf(documentOf(body.get('query')) ?? NOTHING, env, {
      sort,
      limit: 1,
      hint: body.get('hint'),
    });
    const spec = documentOf(body.get('fields'));
    const projection = spec && spec.size > 0 ? compileProjection(spec, env, query.matcher.tree) : undefined;
    if (isTrue(body.get('new')) && usesPosition(spec)) {
      fail(2, 'BadValue', 'cannot use a positional projection and return the new document');
    }
    const project = (doc: Document): Document => (projection ? projection(doc, query.matcher) : doc);
    const rows = collection ? findRows(engine, collection, writer, query, sort, { most: 1 }).rows : [];
    const [row] = firstOf(rows);
    const work: Work = { request, engine, writer, query, project };
    return isTrue(body.get('remove'))
      ? removeFound(work, collection, row)
      : updateFound(work, collection, row);
  });
}

export const findAndModifyCommand: Command = {
  inTransaction: true,
  fields: {
    findAndModify: types.any,
    findandmodify: types.any,
    query: types.object,
    fields: types.object,
    sort: types.object,
    hint: types.any,
    collation: types.object,
    arrayFilters: types.array,
    remove: types.boolish,
    update: types.arrayOrObject,
    upsert: types.boolish,
    new: types.boolish,
    bypassDocumentValidation: types.boolish,
    let: types.object,
  },
  run: findAndModify,
};
