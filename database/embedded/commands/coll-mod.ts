import { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import { show } from '../core/show.ts';
import { typeNames, typeOf, type Value } from '../core/values.ts';
import type { Engine } from '../engine.ts';
import type { Collection } from '../store/catalog.ts';
import type { DirectWriter } from '../store/direct-writer.ts';
import { type Index, isTrue, numberOf } from '../store/index-definition.ts';
import type { Command, Request } from './command.ts';
import { checkFields, types } from './fields.ts';
import { targetOf } from './namespace.ts';
import { documentOf } from './query.ts';
import { checkValidator } from './validation.ts';
import { checkWriteConcern } from './write-concern.ts';

/** Options of a collection that collMod may change. */
const changeable = ['validator', 'validationLevel', 'validationAction', 'changeStreamPreAndPostImages'];

function indexIn(collection: Collection, request: Document): Index {
  const name = request.get('name');
  const key = documentOf(request.get('keyPattern'));
  if (name === undefined && !key)
    fail(72, 'InvalidOptions', 'Must specify either index name or key pattern.');
  if (name !== undefined && key) fail(72, 'InvalidOptions', 'Cannot specify both key pattern and name.');
  const [found, another] = collection.indexes.filter((index) =>
    name === undefined ? show(index.spec.get('key')) === show(key) : index.name === name,
  );
  if (another) {
    fail(
      181,
      'AmbiguousIndexKeyPattern',
      `index keyPattern ${show(key)} matches several indexes, must use index name`,
    );
  }
  return (
    found ??
    fail(
      27,
      'IndexNotFound',
      `cannot find index ${show(name ?? key)} for ns ${collection.db}.${collection.name}`,
    )
  );
}

function setExpiry(index: Index, value: Value): [string, Value][] {
  const seconds = numberOf(value);
  if (seconds === undefined)
    fail(
      14,
      'TypeMismatch',
      `BSON field 'collMod.index.expireAfterSeconds' is the wrong type '${typeNames[typeOf(value)]}', expected types '[int, decimal, double, long]'`,
    );
  if (seconds < 0) fail(72, 'InvalidOptions', "TTL index 'expireAfterSeconds' option cannot be less than 0");
  if (index.isId || index.fields.length > 1)
    fail(72, 'InvalidOptions', 'TTL indexes are single-field indexes, compound indexes do not support TTL');
  const old = index.spec.get('expireAfterSeconds');
  index.spec = index.spec.clone().set('expireAfterSeconds', value);
  index.expireAfterSeconds = seconds;
  return [
    ...(old === undefined ? [] : [['expireAfterSeconds_old', old] as [string, Value]]),
    ['expireAfterSeconds_new', value],
  ];
}

function setHidden(index: Index, value: Value): [string, Value][] {
  if (index.isId) fail(2, 'BadValue', "can't hide _id index");
  const hidden = isTrue(value);
  const old = index.hidden;
  const spec = index.spec.clone();
  if (hidden) spec.set('hidden', true);
  else spec.delete('hidden');
  index.spec = spec;
  index.hidden = hidden;
  return [
    ['hidden_old', old],
    ['hidden_new', hidden],
  ];
}

const indexFields = {
  name: types.string,
  keyPattern: types.object,
  expireAfterSeconds: types.any,
  hidden: types.boolish,
  unique: types.boolish,
  prepareUnique: types.boolish,
};
const none: ReadonlySet<string> = new Set();

function changeIndex(collection: Collection, request: Document): [string, Value][] {
  checkFields('collMod.index', request, indexFields, none);
  const index = indexIn(collection, request);
  const expiry = request.get('expireAfterSeconds');
  const hidden = request.get('hidden');
  if (request.get('unique') !== undefined || request.get('prepareUnique') !== undefined) {
    fail(238, 'NotImplemented', 'collMod of unique indexes is not supported by the embedded database');
  }
  if (expiry === undefined && hidden === undefined) {
    fail(72, 'InvalidOptions', 'no expireAfterSeconds, hidden, unique, or prepareUnique field');
  }
  return [
    ...(expiry === undefined ? [] : setExpiry(index, expiry)),
    ...(hidden === undefined ? [] : setHidden(index, hidden)),
  ];
}

function changeOptions(collection: Collection, body: Document): void {
  const validator = body.get('validator');
  if (validator instanceof Document) checkValidator(validator, collection.db);
  const options = collection.options.clone();
  for (const name of changeable) {
    const value = body.get(name);
    if (value !== undefined && value !== null) options.set(name, value);
  }
  collection.options = options;
}

function modify(request: Request, writer: DirectWriter, name: string): Document {
  const { body, db } = request;
  const collection = writer.collection(db, name);
  if (!collection) fail(26, 'NamespaceNotFound', `ns does not exist: ${db}.${name}`);
  const before = collection.options;
  writer.writes++;
  const index = documentOf(body.get('index'));
  const reply = index ? changeIndex(collection, index) : [];
  changeOptions(collection, body);
  writer.parts.catalog.save(collection);
  writer.note(
    'modify',
    collection,
    Document.of([
      ['before', before],
      ['request', body],
    ]),
  );
  return Document.of(reply);
}

export const collModCommand: Command = {
  fields: {
    collMod: types.any,
    index: types.object,
    validator: types.object,
    validationLevel: types.string,
    validationAction: types.string,
    changeStreamPreAndPostImages: types.object,
  },
  run: (request: Request, engine: Engine) => {
    const name = targetOf(request);
    checkWriteConcern(request.body);
    return engine.store.write((writer) => modify(request, writer, name));
  },
};
