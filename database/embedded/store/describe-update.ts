import { Document } from '../core/document.ts';
import { identical } from '../core/identical.ts';
import { arrayIndexOf } from '../core/path.ts';
import { int32, type Value } from '../core/values.ts';
import type { ChangeKind } from './writer.ts';

/** A place in a document: its dotted path, and the names and array indexes it is made of. */
interface Place {
  readonly path: string;
  readonly parts: readonly Value[];
  /** The path alone does not tell names from indexes, or holds a name with a dot. */
  readonly ambiguous: boolean;
}

interface Difference {
  readonly updated: [string, Value][];
  readonly removed: Value[];
  readonly truncated: Value[];
  readonly ambiguous: [string, Value][];
  readonly whole: ReadonlySet<string>;
}

const nothing: ReadonlySet<string> = new Set();
const top: Place = { path: '', parts: [], ambiguous: false };

function inside({ path, parts, ambiguous }: Place, part: string | number): Place {
  const isName = typeof part === 'string';
  return {
    path: path === '' ? String(part) : `${path}.${part}`,
    parts: [...parts, isName ? part : int32(part)],
    ambiguous: ambiguous || (isName && (part.includes('.') || (path !== '' && arrayIndexOf(part) >= 0))),
  };
}

/**
 * The body of an update's change: what a change event calls `updateDescription` (manual, "update Event"), or the
 * new document of a replacement. Paths that the update named whole are shown whole.
 */
export function describeUpdate(before: Document, after: Document, change: ChangeKind): Document {
  if (change.kind === 'replace') return Document.of([['o', after]]);
  const whole = change.whole ?? nothing;
  const found: Difference = { updated: [], removed: [], truncated: [], ambiguous: [], whole };
  compareDocuments(before, after, top, found);
  const body: [string, Value][] = [
    ['id', after.get('_id') ?? null],
    ['u', Document.of(found.updated)],
    ['r', found.removed],
    ['t', found.truncated],
  ];
  if (found.ambiguous.length > 0) body.push(['p', Document.of(found.ambiguous)]);
  return Document.of(body);
}

function note(place: Place, found: Difference): void {
  if (place.ambiguous) found.ambiguous.push([place.path, [...place.parts]]);
}

function compareDocuments(before: Document, after: Document, place: Place, found: Difference): void {
  for (const [name, value] of after.entries())
    compareField(before.get(name), value, () => inside(place, name), found);
  for (const name of before.keys()) {
    if (after.has(name)) continue;
    const gone = inside(place, name);
    found.removed.push(gone.path);
    note(gone, found);
  }
}

function compareField(old: Value | undefined, value: Value, at: () => Place, found: Difference): void {
  if (old !== undefined && identical(old, value)) return;
  const place = at();
  if (!found.whole.has(place.path)) {
    if (old instanceof Document && value instanceof Document) {
      compareDocuments(old, value, place, found);
      return;
    }
    if (Array.isArray(old) && Array.isArray(value)) {
      compareArrays(old, value, place, found);
      return;
    }
  }
  found.updated.push([place.path, value]);
  note(place, found);
}

function compareArrays(
  old: readonly Value[],
  items: readonly Value[],
  place: Place,
  found: Difference,
): void {
  if (items.length < old.length) {
    found.truncated.push(
      Document.of([
        ['field', place.path],
        ['newSize', int32(items.length)],
      ]),
    );
    note(place, found);
  }
  items.forEach((item, i) => {
    compareField(old[i], item, () => inside(place, i), found);
  });
}
