import { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import { compileProjection } from '../core/projection/project.ts';
import { DocumentStream } from '../cursor/document-stream.ts';
import type { Engine } from '../engine.ts';
import type { Row } from '../planner/execute.ts';
import type { Query } from '../planner/plan.ts';
import type { Collection } from '../store/catalog.ts';
import { isTrue } from '../store/index-definition.ts';
import { cursorReply, type Reply } from '../wire/raw.ts';
import type { Command, Request } from './command.ts';
import { types } from './fields.ts';
import { targetOf } from './namespace.ts';
import { documentOf, effectiveCollation, envOf, queryOf } from './query.ts';
import { countOf, type Found, findRows, StreamSource, stillThere, timeOf } from './reading.ts';

/** A find as the planner and explain see it. */
export interface FindPlan {
  readonly skip: number;
  /** Undefined for all. */
  readonly limit: number | undefined;
  readonly query: Query;
  readonly found: Found;
  readonly project: ((row: Row) => Document) | undefined;
}

const noOptions = [
  'returnKey',
  'min',
  'max',
  'tailable',
  'awaitData',
  'oplogReplay',
  '_requestResumeToken',
  '_resumeAfter',
];

function refuseUnsupported(body: Document): void {
  for (const name of noOptions) {
    const value = body.get(name);
    if (value === undefined || value === null || value === false || name === 'oplogReplay') continue;
    if (name === 'tailable') {
      fail(2, 'BadValue', 'error processing query: tailable cursor requested on non capped collection');
    }
    if (value instanceof Document && value.size === 0) continue;
    if (value instanceof Document || value === true)
      fail(238, 'NotImplemented', `find option '${name}' is not supported by the embedded database`);
  }
}

/** Plans a find without reading anything. */
export function planFind(engine: Engine, request: Request, collection: Collection): FindPlan {
  const { body, view } = request;
  const collation = effectiveCollation(body.get('collation'), collection);
  const env = envOf(collation, body.get('let'));
  const skip = countOf('find', 'skip', body.get('skip')) ?? 0;
  const limit = countOf('find', 'limit', body.get('limit')) || undefined;
  const sort = documentOf(body.get('sort'));
  const most = limit === undefined ? undefined : skip + limit;
  const query = queryOf(documentOf(body.get('filter')) ?? Document.of(), env, {
    sort,
    limit: most,
    hint: body.get('hint'),
  });
  const found = findRows(engine, collection, view, query, sort, {
    most,
    allowDiskUse: isTrue(body.get('allowDiskUse')),
  });
  const spec = documentOf(body.get('projection'));
  const projection = spec && spec.size > 0 ? compileProjection(spec, env, query.matcher.tree) : undefined;
  const project = projection && ((row: Row) => projection(row.doc, query.matcher));
  const withRecord = isTrue(body.get('showRecordId')) ? recordShown(project) : project;
  return { skip, limit, query, found, project: withRecord };
}

function recordShown(project: ((row: Row) => Document) | undefined): (row: Row) => Document {
  return (row) => (project ? project(row) : row.doc).clone().set('$recordId', BigInt(row.record));
}

/** The documents of a planned find. */
export function* documentsOf({ skip, found, project }: FindPlan): Generator<Document, void> {
  let skipped = 0;
  for (const row of found.rows) {
    if (skipped < skip) {
      skipped++;
      continue;
    }
    yield project ? project(row) : row.doc;
  }
}

function find(request: Request, engine: Engine): Reply {
  const { body, db, view, deadline } = request;
  const name = targetOf(request);
  refuseUnsupported(body);
  const batchSize = countOf('find', 'batchSize', body.get('batchSize'));
  const collection = view.collection(db, name);
  const ns = `${db}.${name}`;
  if (!collection) {
    checkWithout(engine, request);
    return cursorReply('firstBatch', [], 0n, ns, timeOf(request));
  }
  const plan = planFind(engine, request, collection);
  const stream = new DocumentStream(documentsOf(plan), plan.limit);
  const source = new StreamSource(stream, stillThere(request, collection, plan.found.plan));
  const single = isTrue(body.get('singleBatch'));
  const batch = source.first(batchSize, deadline);
  if (!batch.open || single) {
    source.close();
    return cursorReply('firstBatch', batch.documents, 0n, ns, timeOf(request));
  }
  const { session, transaction } = request;
  const timesOut = !isTrue(body.get('noCursorTimeout'));
  const cursor = engine.cursors.add({ db, collection: name, source, session, transaction, timesOut });
  return cursorReply('firstBatch', batch.documents, cursor.id, ns, timeOf(request));
}

/** A find on a collection that does not exist is checked like any other. */
function checkWithout(engine: Engine, request: Request): void {
  const empty = engine.emptyCollection(request.db, request.body.get(request.name) as string);
  planFind(engine, { ...request, body: withoutHint(request.body), view: engine.store }, empty);
}

function withoutHint(body: Document): Document {
  if (!body.has('hint')) return body;
  const copy = body.clone();
  copy.delete('hint');
  return copy;
}

export const findCommand: Command = {
  inTransaction: true,
  fields: {
    find: types.any,
    filter: types.object,
    projection: types.object,
    sort: types.object,
    hint: types.any,
    collation: types.object,
    skip: types.number,
    limit: types.number,
    batchSize: types.number,
    singleBatch: types.boolish,
    allowDiskUse: types.bool,
    max: types.object,
    min: types.object,
    returnKey: types.boolish,
    showRecordId: types.boolish,
    tailable: types.boolish,
    oplogReplay: types.boolish,
    noCursorTimeout: types.boolish,
    awaitData: types.boolish,
    allowPartialResults: types.boolish,
    let: types.object,
    mirrored: types.boolish,
    _requestResumeToken: types.boolish,
    _resumeAfter: types.object,
  },
  run: find,
};
