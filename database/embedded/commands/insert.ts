import type { Document } from '../core/document.ts';
import type { Engine } from '../engine.ts';
import { isTrue } from '../store/index-definition.ts';
import type { Command, Request } from './command.ts';
import { types } from './fields.ts';
import { targetOf } from './namespace.ts';
import { toStore } from './stored-document.ts';
import { checkValid } from './validation.ts';
import { collectionToWrite, eachStatement, runWrite, statementsOf, writeReply } from './writing.ts';

function insert(request: Request, engine: Engine): Document | Promise<Document> {
  const name = targetOf(request);
  const documents = statementsOf(request, 'documents');
  const bypass = isTrue(request.body.get('bypassDocumentValidation'));
  return runWrite(request, engine, (writer) => {
    const collection = collectionToWrite(writer, request.db, name);
    let inserted = 0;
    const errors = eachStatement(request, documents, (document) => {
      const doc = toStore(document, engine.store.clock);
      if (!bypass) checkValid(collection, doc);
      writer.insert(collection, doc);
      inserted++;
    });
    return writeReply(inserted, errors);
  });
}

export const insertCommand: Command = {
  inTransaction: true,
  fields: {
    insert: types.any,
    documents: types.array,
    ordered: types.bool,
    bypassDocumentValidation: types.boolish,
    stmtIds: types.array,
  },
  run: insert,
};
