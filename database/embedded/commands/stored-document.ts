import { randomBytes } from 'node:crypto';
import { Document } from '../core/document.ts';
import { checkId } from '../core/storable.ts';
import { checkDepth } from '../core/validate.ts';
import { ObjectId, Timestamp, type Value } from '../core/values.ts';
import type { Clock } from '../store/clock.ts';

const processPart = randomBytes(5);
let counter = randomBytes(3).readUIntBE(0, 3);

/** A new ObjectId: seconds, five random bytes of this process, a counter. */
export function newObjectId(): ObjectId {
  const bytes = Buffer.allocUnsafe(12);
  bytes.writeUInt32BE(Math.floor(Date.now() / 1000), 0);
  bytes.set(processPart, 4);
  counter = (counter + 1) & 0xffffff;
  bytes.writeUIntBE(counter, 9, 3);
  return new ObjectId(bytes);
}

function hasEmptyTimestamp(doc: Document): boolean {
  return doc.values().some((value) => value instanceof Timestamp && value.t === 0 && value.i === 0);
}

/**
 * A document as it is stored: `_id` first, made up when missing; empty timestamps at the top filled in.
 * Throws 53, 52, and 15 for too deep nesting.
 */
export function toStore(doc: Document, clock: Clock): Document {
  const keys = doc.keys();
  const id = doc.get('_id');
  if (id !== undefined) checkId(id);
  checkDepth(doc);
  const stamp = hasEmptyTimestamp(doc);
  if (keys[0] === '_id' && !stamp) return doc;
  const entries: [string, Value][] = [['_id', id === undefined ? newObjectId() : id]];
  for (const [name, value] of doc.entries()) {
    if (name === '_id') continue;
    const empty = value instanceof Timestamp && value.t === 0 && value.i === 0;
    entries.push([name, empty ? clock.tick() : value]);
  }
  return Document.of(entries);
}
