import { hashKey } from '../core/compare.ts';
import { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import { type Path, pathOf, someValue } from '../core/path.ts';
import type { Value } from '../core/values.ts';
import type { Engine } from '../engine.ts';
import type { Command, Request } from './command.ts';
import { required, types } from './fields.ts';
import { targetOf } from './namespace.ts';
import { documentOf, effectiveCollation, envOf, queryOf } from './query.ts';
import { findRows, timeOf } from './reading.ts';

/** Every value at a path, of an array its items (manual, "distinct"). */
function collect(doc: Document, path: Path, add: (value: Value) => void): void {
  someValue(
    doc,
    path,
    false,
    (value) => {
      if (Array.isArray(value)) for (const item of value) add(item);
      else if (value !== undefined) add(value);
      return false;
    },
    undefined,
  );
}

function distinct(request: Request, engine: Engine): Document {
  const { body, db, view } = request;
  const collection = view.collection(db, targetOf(request));
  const key = required('distinct', body, 'key') as string;
  if (key.includes('\0')) fail(31032, 'Location31032', 'Key field cannot contain an embedded null byte');
  const collation = effectiveCollation(body.get('collation'), collection);
  const query = queryOf(documentOf(body.get('query')) ?? Document.of(), envOf(collation), {
    hint: body.get('hint'),
  });
  const values = new Map<string, Value>();
  const add = (value: Value): void => {
    const name = hashKey(value, collation);
    if (!values.has(name)) values.set(name, value);
  };
  const path = pathOf(key);
  if (collection)
    for (const { doc } of findRows(engine, collection, view, query, undefined).rows) collect(doc, path, add);
  const reply = Document.of([['values', [...values.values()]], ...timeOf(request)]);
  if (reply.toBytes().length > 16 * 1024 * 1024) fail(17217, 'Location17217', 'distinct too big, 16mb cap');
  return reply;
}

export const distinctCommand: Command = {
  inTransaction: true,
  fields: {
    distinct: types.any,
    key: types.string,
    query: types.object,
    collation: types.object,
    hint: types.any,
  },
  run: distinct,
};
