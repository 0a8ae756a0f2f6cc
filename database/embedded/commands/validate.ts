import { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import { int32 } from '../core/values.ts';
import { checkCollection } from '../store/consistency.ts';
import type { Command } from './command.ts';
import { types } from './fields.ts';
import { targetOf } from './namespace.ts';

/** Whether documents, index entries and counts of a collection agree. */
export const validateCommand: Command = {
  fields: {
    validate: types.any,
    full: types.boolish,
    repair: types.boolish,
    metadata: types.boolish,
    checkBSONConformance: types.boolish,
  },
  run: (request, engine) => {
    const { db, view } = request;
    const name = targetOf(request);
    const collection = view.collection(db, name);
    if (!collection)
      return fail(26, 'NamespaceNotFound', `Collection '${db}.${name}' does not exist to validate.`);
    const { documents, keysPerIndex, errors } = checkCollection(engine.store, collection);
    return Document.of([
      ['ns', `${db}.${name}`],
      ['nInvalidDocuments', int32(0)],
      ['nNonCompliantDocuments', int32(0)],
      ['nrecords', int32(documents)],
      ['nIndexes', int32(collection.indexes.length)],
      ['keysPerIndex', Document.of([...keysPerIndex].map(([index, keys]) => [index, int32(keys)]))],
      ['valid', errors.length === 0],
      ['repaired', false],
      ['warnings', []],
      ['errors', [...errors]],
      ['extraIndexEntries', []],
      ['missingIndexEntries', []],
      ['corruptRecords', []],
    ]);
  },
};
