import { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import { int32, type Value } from '../core/values.ts';
import type { Engine } from '../engine.ts';
import type { Change } from '../store/change-log.ts';
import { encodeValues } from '../store/index-definition.ts';
import { holders } from '../store/records.ts';
import type { StreamOptions } from './options.ts';
import { tokenDocument } from './token.ts';

type Fields = [string, Value][];

/** Events that only `showExpandedEvents` shows. */
const expanded: ReadonlySet<string> = new Set(['create', 'createIndexes', 'dropIndexes', 'modify']);

export function isShown(change: Change, options: StreamOptions): boolean {
  return options.showExpandedEvents || !expanded.has(change.kind);
}

function documentById(engine: Engine, change: Change, id: Value): Document | null {
  const { store } = engine;
  const collection = store.collection(change.db, change.collection);
  const index = collection?.indexes[0];
  if (!collection || !index) return null;
  const [record] = holders(store.files, index, encodeValues(index, [id]));
  return (record !== undefined && store.get(collection, record)) || null;
}

function missing(what: string, id: Value): never {
  void id;
  return fail(
    47,
    'NoMatchingDocument',
    `Change stream was configured to require a ${what} for all update, delete and replace events, but the ${what} was not found for event`,
  );
}

function fullDocumentOf(engine: Engine, change: Change, options: StreamOptions, id: Value): Fields {
  const { body, kind } = change;
  if (kind === 'insert' || kind === 'replace') return [['fullDocument', body.get('o') as Value]];
  if (kind !== 'update') return [];
  if (options.fullDocument === 'updateLookup') return [['fullDocument', documentById(engine, change, id)]];
  if (options.fullDocument === 'default') return [];
  const post = body.get('post');
  if (post === undefined && options.fullDocument === 'required') missing('post-image', id);
  return [['fullDocument', post ?? null]];
}

function beforeOf({ body, kind }: Change, options: StreamOptions, id: Value): Fields {
  if (options.fullDocumentBeforeChange === 'off' || kind === 'insert') return [];
  const pre = body.get('pre');
  if (pre === undefined && options.fullDocumentBeforeChange === 'required') missing('pre-image', id);
  return [['fullDocumentBeforeChange', pre ?? null]];
}

function idOf({ body, kind }: Change): Value {
  return (
    (kind === 'insert' || kind === 'replace' ? (body.get('o') as Document).get('_id') : body.get('id')) ??
    null
  );
}

function documentEvent(engine: Engine, change: Change, options: StreamOptions, ns: Document): Fields {
  const { body } = change;
  const id = idOf(change);
  const fields: Fields = [
    ...fullDocumentOf(engine, change, options, id),
    ['ns', ns],
    ['documentKey', Document.fromColumns(['_id'], [id])],
  ];
  if (change.kind === 'update') {
    const description: Fields = [
      ['updatedFields', body.get('u') as Value],
      ['removedFields', body.get('r') as Value],
      ['truncatedArrays', body.get('t') as Value],
    ];
    if (options.showExpandedEvents) description.push(['disambiguatedPaths', body.get('p') ?? Document.of()]);
    fields.push(['updateDescription', Document.of(description)]);
  }
  return [...fields, ...beforeOf(change, options, id)];
}

function renameEvent({ body, db }: Change, ns: Document, expandedToo: boolean): Fields {
  const to = Document.of([
    ['db', db],
    ['coll', body.get('to') as Value],
  ]);
  const fields: Fields = [
    ['ns', ns],
    ['to', to],
  ];
  if (!expandedToo) return fields;
  const dropped = body.get('dropTarget');
  const description: Fields =
    dropped === undefined
      ? [['to', to]]
      : [
          ['dropTarget', dropped],
          ['to', to],
        ];
  return [...fields, ['operationDescription', Document.of(description)]];
}

function definitionEvent(change: Change, ns: Document, { showExpandedEvents }: StreamOptions): Fields {
  const { body, kind, db } = change;
  switch (kind) {
    case 'rename':
      return renameEvent(change, ns, showExpandedEvents);
    case 'dropDatabase':
      return [['ns', Document.of([['db', db]])]];
    case 'create':
      return [
        ['ns', ns],
        ['operationDescription', Document.of([['idIndex', idIndex()]])],
      ];
    case 'createIndexes':
    case 'dropIndexes':
      return [
        ['ns', ns],
        ['operationDescription', Document.of([['indexes', body.get('indexes') as Value]])],
      ];
    case 'modify':
      return [
        ['ns', ns],
        ['operationDescription', body.get('request') as Value],
      ];
    default:
      return [['ns', ns]];
  }
}

function idIndex(): Document {
  return Document.of([
    ['v', int32(2)],
    ['key', Document.of([['_id', int32(1)]])],
    ['name', '_id_'],
  ]);
}

const onDocuments: ReadonlySet<string> = new Set(['insert', 'update', 'replace', 'delete']);

/** A change as clients see it (manual, "Change Events"). */
export function eventOf(engine: Engine, change: Change, options: StreamOptions): Document {
  const { kind, time, wallTime, body } = change;
  const ns = Document.of([
    ['db', change.db],
    ['coll', change.collection],
  ]);
  const fields: Fields = [
    ['_id', tokenDocument({ time, kind: 'event' })],
    ['operationType', kind],
    ['clusterTime', time],
    ['wallTime', wallTime],
  ];
  if (options.showExpandedEvents) {
    if (change.uuid) fields.push(['collectionUUID', change.uuid]);
  }
  const number = body.get('txnNumber');
  if (number !== undefined) fields.push(['lsid', body.get('lsid') as Value], ['txnNumber', number]);
  fields.push(
    ...(onDocuments.has(kind)
      ? documentEvent(engine, change, options, ns)
      : definitionEvent(change, ns, options)),
  );
  return Document.of(fields);
}

/** The event that ends a stream whose collection or database is gone. */
export function invalidateEvent({ time, wallTime }: Change): Document {
  return Document.of([
    ['_id', tokenDocument({ time, kind: 'invalidate' })],
    ['operationType', 'invalidate'],
    ['clusterTime', time],
    ['wallTime', wallTime],
  ]);
}
