import { equalValues } from '../compare.ts';
import { Document } from '../document.ts';
import { show } from '../show.ts';
import { checkStorable, immutable } from '../storable.ts';
import type { Value } from '../values.ts';
import { BSON, Timestamp } from '../values.ts';
import type { UpdateEnv } from './env.ts';

/** `_id` stands first in every stored document. */
export function withIdFirst(doc: Document, id: Value | undefined = doc.get('_id')): Document {
  if (id === undefined || (doc.keys()[0] === '_id' && doc.get('_id') === id)) return doc;
  const rest = doc.entries().filter(([name]) => name !== '_id');
  return Document.of([['_id', id], ...rest]);
}

/**
 * The document that takes the place of another: its `_id` stays, or comes again unchanged.
 * Gives the old object when nothing is different; a document without `_id` always counts as a change, as it does
 * to the server. Throws 66 for another `_id`.
 */
export function replaced(old: Document, next: Document): Document {
  const oldId = old.get('_id');
  const newId = next.get('_id');
  if (oldId !== undefined && newId !== undefined && !equalValues(oldId, newId)) {
    immutable(
      `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${show(newId)}`,
    );
  }
  const result = newId === undefined ? withIdFirst(next, oldId) : withIdFirst(next);
  return newId !== undefined && result.toBytes().equals(old.toBytes()) ? old : result;
}

/** An empty timestamp at the top of a document means the current one (manual, "BSON Types: Timestamps"). */
function withTimestamps(doc: Document, env: UpdateEnv): Document {
  const isEmpty = ([name, value]: readonly [string, Value]): boolean =>
    name !== '_id' && value instanceof Timestamp && value.t === 0 && value.i === 0;
  const { timestamp } = env;
  if (timestamp === undefined || !doc.hasType(BSON.timestamp) || !doc.entries().some(isEmpty)) return doc;
  return Document.of(doc.entries().map((entry) => (isEmpty(entry) ? [entry[0], timestamp()] : entry)));
}

/** A replacement-style update. */
export function replacement(spec: Document, env: UpdateEnv): (doc: Document) => Document {
  return (doc) => {
    const result = replaced(doc, withTimestamps(spec, env));
    if (result !== doc) checkStorable(result, 'replacement');
    return result;
  };
}
