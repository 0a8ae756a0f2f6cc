import { Document } from '../core/document.ts';
import { encodeDocument } from '../core/encode.ts';
import { int32, typeOf, type Value } from '../core/values.ts';
import type { ChangeKind } from './writer.ts';

interface Difference {
  readonly updated: [string, Value][];
  readonly removed: Value[];
  readonly truncated: Value[];
  readonly whole: ReadonlySet<string>;
}

const nothing: ReadonlySet<string> = new Set();

/**
 * The body of an update's change: what a change event calls `updateDescription` (manual, "update Event"), or the
 * new document of a replacement. Paths that the update named whole are shown whole.
 */
export function describeUpdate(before: Document, after: Document, change: ChangeKind): Document {
  if (change.kind === 'replace') return Document.of([['o', after]]);
  const found: Difference = { updated: [], removed: [], truncated: [], whole: change.whole ?? nothing };
  compareDocuments(before, after, '', found);
  return Document.of([
    ['id', after.get('_id') ?? null],
    ['u', Document.of(found.updated)],
    ['r', found.removed],
    ['t', found.truncated],
  ]);
}

function compareDocuments(before: Document, after: Document, prefix: string, found: Difference): void {
  for (const [name, value] of after.entries()) {
    const old = before.get(name);
    compareField(old, value, `${prefix}${name}`, found);
  }
  for (const name of before.keys()) if (!after.has(name)) found.removed.push(`${prefix}${name}`);
}

function compareField(old: Value | undefined, value: Value, path: string, found: Difference): void {
  if (old !== undefined && identical(old, value)) return;
  if (found.whole.has(path)) {
    found.updated.push([path, value]);
  } else if (old instanceof Document && value instanceof Document) {
    compareDocuments(old, value, `${path}.`, found);
  } else if (Array.isArray(old) && Array.isArray(value)) {
    compareArrays(old, value, path, found);
  } else {
    found.updated.push([path, value]);
  }
}

function compareArrays(
  old: readonly Value[],
  items: readonly Value[],
  path: string,
  found: Difference,
): void {
  if (items.length < old.length) {
    found.truncated.push(
      Document.of([
        ['field', path],
        ['newSize', int32(items.length)],
      ]),
    );
  }
  items.forEach((item, i) => {
    compareField(old[i], item, `${path}.${i}`, found);
  });
}

/** Same type, same bytes: 1 and 1.0 are different to an update. */
export function identical(a: Value, b: Value): boolean {
  if (a === b) return typeof a !== 'number' || a !== 0 || Object.is(a, b);
  if (typeOf(a) !== typeOf(b)) return false;
  return encodeDocument(Document.fromColumns([''], [a])).equals(
    encodeDocument(Document.fromColumns([''], [b])),
  );
}
