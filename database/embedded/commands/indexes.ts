import { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import { show } from '../core/show.ts';
import { int32, type Value } from '../core/values.ts';
import type { Engine } from '../engine.ts';
import type { ClientTransaction } from '../session/transaction.ts';
import type { Collection } from '../store/catalog.ts';
import type { DirectWriter } from '../store/direct-writer.ts';
import { addIndex, buildIndex, removeIndex } from '../store/index-build.ts';
import { type Index, indexOf } from '../store/index-definition.ts';
import type { Command, Request } from './command.ts';
import { required, types } from './fields.ts';
import { alreadyThere, normalSpec } from './index-spec.ts';
import { targetOf } from './namespace.ts';
import { documentOf } from './query.ts';
import { checkWriteConcern } from './write-concern.ts';
import { collectionToWrite } from './writing.ts';

const MOST_INDEXES = 64;

interface Begun {
  readonly collection: Collection;
  readonly building: Index[];
  readonly before: number;
  readonly created: boolean;
}

function specsOf(request: Request, collection: Collection | undefined): Document[] {
  const list = required('createIndexes', request.body, 'indexes') as readonly Value[];
  if (list.length === 0) fail(2, 'BadValue', 'Must specify at least one index to create');
  const inherited = documentOf(collection?.options.get('collation'));
  return list.map((spec) => {
    if (!(spec instanceof Document))
      return fail(14, 'TypeMismatch', "The elements of the 'indexes' array must be objects");
    return normalSpec(spec, inherited);
  });
}

function wantedSpecs(collection: Collection, specs: readonly Document[]): Document[] {
  const wanted: Document[] = [];
  for (const spec of specs) {
    const existing = [...collection.indexes.map((index) => index.spec), ...wanted];
    if (!alreadyThere(existing, spec)) wanted.push(spec);
  }
  if (collection.indexes.length + wanted.length > MOST_INDEXES) {
    fail(
      67,
      'CannotCreateIndex',
      `add index fails, too many indexes for ${collection.db}.${collection.name} key:${show(wanted[0]?.get('key'))}`,
    );
  }
  return wanted;
}

function begin(request: Request, writer: DirectWriter, name: string): Begun {
  const there = writer.collection(request.db, name);
  const specs = specsOf(request, there);
  const collection = there ?? collectionToWrite(writer, request.db, name);
  const before = collection.indexes.length;
  const added = wantedSpecs(collection, specs).map((spec) => addIndex(writer, collection, spec));
  return { collection, building: added.filter((index) => !index.ready), before, created: !there };
}

function replyOf(before: number, after: number, created: boolean): Document {
  const fields: [string, Value][] = [
    ['numIndexesBefore', int32(before)],
    ['numIndexesAfter', int32(after)],
    ['createdCollectionAutomatically', created],
  ];
  if (before === after) fields.push(['note', 'all indexes already exist']);
  return Document.of(fields);
}

async function createIndexes(request: Request, engine: Engine): Promise<Document> {
  const name = targetOf(request);
  checkWriteConcern(request.body);
  if (request.transaction) return createInTransaction(request, request.transaction, name);
  const begun = await engine.store.write((writer) => begin(request, writer, name));
  for (const index of begun.building) await buildIndex(engine.store, begun.collection, index);
  const after = engine.store.collection(request.db, name)?.indexes.length ?? 0;
  return replyOf(begun.before, after, begun.created);
}

/** In a transaction only collections that it made itself, and that are empty, get indexes (manual). */
function createInTransaction(request: Request, transaction: ClientTransaction, name: string): Document {
  const there = transaction.collection(request.db, name);
  const specs = specsOf(request, there);
  const collection = there ?? transaction.create(request.db, name, Document.of());
  const before = collection.indexes.length;
  const wanted = wantedSpecs(collection, specs);
  if (wanted.length > 0 && (!transaction.isOwn(collection) || transaction.overlay(collection).size > 0)) {
    fail(
      263,
      'OperationNotSupportedInTransaction',
      `Cannot create new indexes on existing collection ${request.db}.${name} in a multi-document transaction.`,
    );
  }
  for (const spec of wanted)
    collection.indexes.push(
      indexOf(transaction.takeNumber(), spec, { multikey: [], ready: true, longKeys: false }),
    );
  return replyOf(before, collection.indexes.length, !there);
}

export const createIndexesCommand: Command = {
  inTransaction: true,
  fields: {
    createIndexes: types.any,
    indexes: types.array,
    commitQuorum: types.any,
    ignoreUnknownIndexOptions: types.boolish,
  },
  run: createIndexes,
};

function sameKey(index: Index, key: Document): boolean {
  return show(index.spec.get('key')) === show(key) || sameDirections(index, key);
}

function sameDirections(index: Index, key: Document): boolean {
  const fields = indexOf(
    0,
    Document.of([
      ['key', key],
      ['name', ''],
    ]),
    { multikey: [], ready: true, longKeys: false },
  ).fields;
  return (
    fields.length === index.fields.length &&
    fields.every(
      ({ path, direction }, i) => index.fields[i]?.path === path && index.fields[i]?.direction === direction,
    )
  );
}

function chosen(collection: Collection, which: Value): Index[] {
  const { indexes } = collection;
  if (which === '*') return indexes.filter((index) => !index.isId);
  if (Array.isArray(which)) {
    if (which.some((one) => typeof one !== 'string'))
      fail(
        14,
        'TypeMismatch',
        "BSON field 'dropIndexes.index' is an array with an element that is no string",
      );
    return which.flatMap((one) => chosen(collection, one));
  }
  const found =
    typeof which === 'string'
      ? indexes.filter((index) => index.name === which)
      : indexes.filter((index) => which instanceof Document && sameKey(index, which));
  if (found.length === 0) {
    const shown = typeof which === 'string' ? `with name [${which}]` : `with key: ${show(which)}`;
    fail(
      27,
      'IndexNotFound',
      typeof which === 'string' ? `index not found ${shown}` : `can't find index ${shown}`,
    );
  }
  if (found.length > 1)
    fail(
      181,
      'AmbiguousIndexKeyPattern',
      `${found.length} indexes found for key: ${show(which)}, identify by name instead.`,
    );
  return found;
}

async function dropIndexes(request: Request, engine: Engine): Promise<Document> {
  const { body, db } = request;
  const name = targetOf(request);
  checkWriteConcern(body);
  const which = required('dropIndexes', body, 'index');
  const reply = await engine.store.write((writer) => {
    const collection = writer.collection(db, name);
    if (!collection) return fail(26, 'NamespaceNotFound', `ns not found ${db}.${name}`);
    const were = collection.indexes.length;
    const doomed = chosen(collection, which);
    if (doomed.some((index) => index.isId)) fail(72, 'InvalidOptions', 'cannot drop _id index');
    for (const index of doomed) {
      removeIndex(writer, collection, index);
      writer.note('dropIndexes', collection, Document.of([['indexes', [index.spec]]]));
    }
    const more: [string, Value][] = which === '*' ? [['msg', 'non-_id indexes dropped for collection']] : [];
    return Document.of([['nIndexesWas', int32(were)], ...more]);
  });
  engine.store.sweep();
  return reply;
}

export const dropIndexesCommand: Command = {
  fields: { dropIndexes: types.any, deleteIndexes: types.any, index: types.any },
  run: dropIndexes,
};
