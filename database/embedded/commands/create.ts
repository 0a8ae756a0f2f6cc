import { Document } from '../core/document.ts';
import { encodeDocument } from '../core/encode.ts';
import { fail } from '../core/errors.ts';
import type { Value } from '../core/values.ts';
import type { Engine } from '../engine.ts';
import { collationOf } from '../store/collations.ts';
import { isTrue } from '../store/index-definition.ts';
import type { Command, Request } from './command.ts';
import { types } from './fields.ts';
import { targetOf } from './namespace.ts';
import { checkValidator } from './validation.ts';
import { runWrite } from './writing.ts';

/** Options that are kept with a collection and shown by listCollections. */
const kept = [
  'validator',
  'validationLevel',
  'validationAction',
  'collation',
  'changeStreamPreAndPostImages',
];
const refused = [
  'viewOn',
  'pipeline',
  'timeseries',
  'clusteredIndex',
  'encryptedFields',
  'expireAfterSeconds',
];

/** The options of a new collection. Throws 238 for kinds of collections that this database does not have. */
function optionsOf({ body, db }: Request): Document {
  for (const name of refused) {
    if (body.get(name) !== undefined && body.get(name) !== null) {
      fail(238, 'NotImplemented', `create option '${name}' is not supported by the embedded database`);
    }
  }
  if (isTrue(body.get('capped')))
    fail(238, 'NotImplemented', "create option 'capped' is not supported by the embedded database");
  const options: [string, Value][] = [];
  for (const name of kept) {
    const value = body.get(name);
    if (value === undefined || value === null) continue;
    options.push([name, value]);
  }
  checkOptions(db, body, options);
  return Document.of(options);
}

function checkOptions(db: string, body: Document, options: [string, Value][]): void {
  const validator = body.get('validator');
  if (validator instanceof Document) checkValidator(validator, db);
  const level = body.get('validationLevel');
  if (level !== undefined && !['off', 'strict', 'moderate'].includes(String(level))) {
    fail(
      2,
      'BadValue',
      `Enumeration value '${String(level)}' for field 'create.validationLevel' is not a valid value.`,
    );
  }
  const action = body.get('validationAction');
  if (action !== undefined && !['error', 'warn'].includes(String(action))) {
    fail(
      2,
      'BadValue',
      `Enumeration value '${String(action)}' for field 'create.validationAction' is not a valid value.`,
    );
  }
  const at = options.findIndex(([name]) => name === 'collation');
  if (at < 0) return;
  const full = collationOf(options[at]?.[1] as Document);
  if (full) options[at] = ['collation', full.spec];
  else options.splice(at, 1);
}

function create(request: Request, engine: Engine): Document | Promise<Document> {
  const name = targetOf(request);
  const options = optionsOf(request);
  return runWrite(request, engine, (writer) => {
    const there = writer.collection(request.db, name);
    if (!there) {
      writer.create(request.db, name, options);
    } else if (request.transaction || !encodeDocument(there.options).equals(encodeDocument(options))) {
      fail(48, 'NamespaceExists', `Collection ${request.db}.${name} already exists.`);
    }
    return Document.of();
  });
}

export const createCommand: Command = {
  inTransaction: true,
  fields: {
    create: types.any,
    capped: types.boolish,
    autoIndexId: types.boolish,
    idIndex: types.object,
    size: types.number,
    max: types.number,
    storageEngine: types.object,
    indexOptionDefaults: types.object,
    flags: types.any,
    ...Object.fromEntries(refused.map((name) => [name, types.any])),
    validator: types.object,
    validationLevel: types.string,
    validationAction: types.string,
    collation: types.object,
    changeStreamPreAndPostImages: types.object,
  },
  run: create,
};
