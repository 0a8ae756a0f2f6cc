import { Document } from './document.ts';
import type { Value } from './values.ts';
import { typeOf } from './values.ts';

/** Whether two values are the same to the byte: 1 and 1.0 are equal but not identical, 0.0 and -0.0 neither. */
export function identical(a: Value, b: Value): boolean {
  if (a === b) return typeof a !== 'number' || Object.is(a, b);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b);
  if (typeOf(a) !== typeOf(b)) return false;
  return Document.of([['', a]])
    .toBytes()
    .equals(Document.of([['', b]]).toBytes());
}
