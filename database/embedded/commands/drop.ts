import { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import { int32 } from '../core/values.ts';
import type { Engine } from '../engine.ts';
import { type Collection, namespaceOf } from '../store/catalog.ts';
import type { DirectWriter } from '../store/direct-writer.ts';
import type { Command, Request } from './command.ts';
import { types } from './fields.ts';
import { checkNamespace, targetOf } from './namespace.ts';
import { checkWriteConcern } from './write-concern.ts';

/** Takes a collection away inside a commit; what it held is swept later. */
export function dropCollection(engine: Engine, writer: DirectWriter, collection: Collection): void {
  writer.writes++;
  writer.note('drop', collection, Document.of([['uuid', collection.uuid]]));
  engine.store.catalog.remove(collection);
}

async function drop(request: Request, engine: Engine): Promise<Document> {
  const name = targetOf(request);
  checkWriteConcern(request.body);
  const reply = await engine.store.write((writer) => {
    const collection = writer.collection(request.db, name);
    if (!collection) return Document.of();
    dropCollection(engine, writer, collection);
    return Document.of([
      ['nIndexesWas', int32(collection.indexes.length)],
      ['ns', namespaceOf(collection)],
    ]);
  });
  engine.store.sweep();
  return reply;
}

export const dropCommand: Command = { fields: { drop: types.any }, run: drop };

async function dropDatabase({ body, db }: Request, engine: Engine): Promise<Document> {
  checkWriteConcern(body);
  const dropped = await engine.store.write((writer) => {
    const collections = engine.store.catalog.collections(db);
    for (const collection of collections) dropCollection(engine, writer, collection);
    if (collections.length > 0) writer.note('dropDatabase', { db, name: '' }, Document.of());
    return collections.length > 0;
  });
  engine.store.sweep();
  return Document.of(dropped ? [['dropped', db]] : []);
}

export const dropDatabaseCommand: Command = { fields: { dropDatabase: types.any }, run: dropDatabase };

function parseNamespace(ns: string): { db: string; name: string } {
  const dot = ns.indexOf('.');
  const db = dot < 0 ? ns : ns.slice(0, dot);
  const name = dot < 0 ? '' : ns.slice(dot + 1);
  checkNamespace(db, name);
  return { db, name };
}

async function rename({ body }: Request, engine: Engine): Promise<Document> {
  const from = parseNamespace(String(body.get('renameCollection')));
  const to = parseNamespace(String(body.get('to')));
  if (from.db !== to.db)
    fail(
      238,
      'NotImplemented',
      'renameCollection across databases is not supported by the embedded database',
    );
  return engine.store.write((writer) => {
    const collection = writer.collection(from.db, from.name);
    if (!collection)
      fail(26, 'NamespaceNotFound', `Source collection ${from.db}.${from.name} does not exist`);
    if (from.name === to.name) fail(20, 'IllegalOperation', "Can't rename a collection to itself");
    const there = writer.collection(to.db, to.name);
    if (there && body.get('dropTarget') !== true) fail(48, 'NamespaceExists', 'target namespace exists');
    if (there) engine.store.catalog.remove(there);
    writer.writes++;
    writer.note(
      'rename',
      collection,
      Document.of([
        ['to', to.name],
        ['uuid', collection.uuid],
        ...(there ? [['dropTarget', there.uuid] as const] : []),
      ]),
    );
    engine.store.catalog.rename(collection, to.name);
    return Document.of();
  });
}

export const renameCollectionCommand: Command = {
  adminOnly: true,
  fields: { renameCollection: types.string, to: types.string, dropTarget: types.any, stayTemp: types.any },
  run: rename,
};
