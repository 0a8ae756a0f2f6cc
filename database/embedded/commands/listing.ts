import { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import { compileMatch } from '../core/match/matcher.ts';
import { int32, type Value } from '../core/values.ts';
import { DocumentStream } from '../cursor/document-stream.ts';
import type { Engine } from '../engine.ts';
import type { Collection } from '../store/catalog.ts';
import { isTrue } from '../store/index-definition.ts';
import { cursorReply, type Reply } from '../wire/raw.ts';
import type { Command, Request } from './command.ts';
import { types } from './fields.ts';
import { targetOf } from './namespace.ts';
import { documentOf, envOf } from './query.ts';
import { countOf, StreamSource } from './reading.ts';

/** A cursor over a list that is already there. */
function listReply(request: Request, engine: Engine, collection: string, list: readonly Document[]): Reply {
  const { db, body, session, transaction } = request;
  const source = new StreamSource(new DocumentStream(list));
  const size = countOf(request.name, 'batchSize', documentOf(body.get('cursor'))?.get('batchSize'));
  const batch = source.first(size ?? list.length, undefined);
  const open = batch.open && batch.documents.length < list.length;
  const id = open
    ? engine.cursors.add({ db, collection, source, session, transaction, timesOut: true }).id
    : 0n;
  return cursorReply('firstBatch', batch.documents, id, `${db}.${collection}`);
}

function describe(collection: Collection, nameOnly: boolean): Document {
  const entry: [string, Value][] = [
    ['name', collection.name],
    ['type', 'collection'],
  ];
  if (nameOnly) return Document.of(entry);
  const info = Document.of([
    ['readOnly', false],
    ['uuid', collection.uuid],
  ]);
  return Document.of([
    ...entry,
    ['options', collection.options],
    ['info', info],
    ['idIndex', collection.indexes[0]?.spec ?? Document.of()],
  ]);
}

export const listCollectionsCommand: Command = {
  fields: {
    listCollections: types.any,
    filter: types.object,
    nameOnly: types.boolish,
    authorizedCollections: types.boolish,
    cursor: types.object,
    includePendingDrops: types.any,
  },
  run: (request, engine) => {
    const { body, db } = request;
    const filter = documentOf(body.get('filter'));
    const matcher = filter && compileMatch(filter, envOf(undefined));
    const all = engine.store.catalog.collections(db);
    const list = all
      .map((one) => describe(one, isTrue(body.get('nameOnly'))))
      .filter((doc) => !matcher || matcher.matches(doc));
    return listReply(request, engine, '$cmd.listCollections', list);
  },
};

export const listDatabasesCommand: Command = {
  adminOnly: true,
  fields: {
    listDatabases: types.any,
    filter: types.object,
    nameOnly: types.boolish,
    authorizedDatabases: types.boolish,
  },
  run: ({ body }, engine) => {
    const { catalog } = engine.store;
    const filter = documentOf(body.get('filter'));
    const matcher = filter && compileMatch(filter, envOf(undefined));
    const nameOnly = isTrue(body.get('nameOnly'));
    const list = catalog.databases().map((name) => {
      if (nameOnly) return Document.of([['name', name]]);
      const size = catalog.collections(name).reduce((sum, one) => sum + one.bytes, 0);
      return Document.of([
        ['name', name],
        ['sizeOnDisk', BigInt(size)],
        ['empty', false],
      ]);
    });
    const shown = list.filter((doc) => !matcher || matcher.matches(doc));
    if (nameOnly) return Document.of([['databases', shown]]);
    const total = shown.reduce((sum, doc) => sum + (doc.get('sizeOnDisk') as bigint), 0n);
    return Document.of([
      ['databases', shown],
      ['totalSize', total],
      ['totalSizeMb', total / 1048576n],
    ]);
  },
};

export const listIndexesCommand: Command = {
  fields: {
    listIndexes: types.any,
    cursor: types.object,
    includeBuildUUIDs: types.any,
    includeIndexBuildInfo: types.any,
  },
  run: (request, engine) => {
    const { db, view } = request;
    const name = targetOf(request);
    const collection = view.collection(db, name);
    if (!collection) return fail(26, 'NamespaceNotFound', `ns does not exist: ${db}.${name}`);
    const list = collection.indexes.filter((index) => index.ready).map((index) => index.spec);
    return listReply(request, engine, name, list);
  },
};

function statsOf(collection: Collection): [string, Value][] {
  const { documents, bytes, indexes } = collection;
  return [
    ['size', int32(Math.min(bytes, 2 ** 31 - 1))],
    ['count', int32(documents)],
    ['avgObjSize', int32(documents === 0 ? 0 : Math.floor(bytes / documents))],
    ['storageSize', int32(Math.min(bytes, 2 ** 31 - 1))],
    ['capped', false],
    ['nindexes', int32(indexes.length)],
  ];
}

export const collStatsCommand: Command = {
  fields: { collStats: types.any, scale: types.any },
  run: (request) => {
    const name = targetOf(request);
    const collection = request.view.collection(request.db, name);
    const ns: [string, Value] = ['ns', `${request.db}.${name}`];
    if (!collection)
      return Document.of([
        ns,
        ['size', int32(0)],
        ['count', int32(0)],
        ['storageSize', int32(0)],
        ['nindexes', int32(0)],
      ]);
    return Document.of([ns, ...statsOf(collection)]);
  },
};

export const dbStatsCommand: Command = {
  fields: { dbStats: types.any, scale: types.any, freeStorage: types.any },
  run: ({ db }, engine) => {
    const all = engine.store.catalog.collections(db);
    const objects = all.reduce((sum, one) => sum + one.documents, 0);
    const bytes = all.reduce((sum, one) => sum + one.bytes, 0);
    return Document.of([
      ['db', db],
      ['collections', int32(all.length)],
      ['views', int32(0)],
      ['objects', int32(objects)],
      ['avgObjSize', objects === 0 ? 0 : bytes / objects],
      ['dataSize', bytes],
      ['storageSize', bytes],
      ['indexes', int32(all.reduce((sum, one) => sum + one.indexes.length, 0))],
    ]);
  },
};
