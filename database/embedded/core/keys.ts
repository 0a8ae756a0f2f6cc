import { Document } from './document.ts';
import { fail } from './errors.ts';
import type { Path } from './path.ts';
import type { Value } from './values.ts';
import { UNDEFINED } from './values.ts';

/**
 * The keys of a document under several paths, as a compound index has them: an array on a path gives one key per
 * item (an empty one gives undefined), paths through the same array go through its items together. Sorting
 * uses the least of them. Missing is `undefined`.
 */

interface Pending {
  readonly field: number;
  readonly path: Path;
  readonly doc: Document;
  readonly at: number;
}

interface Met {
  readonly field: number;
  readonly path: Path;
  /** The first part after the array. */
  readonly rest: number;
  readonly items: readonly Value[];
}

export type Key = (Value | undefined)[];

/** What to do about two arrays on independent paths; does not return. */
type OnParallel = (one: string, other: string) => never;

/** The path of the array itself. */
const prefix = (met: Met): string => met.path.parts.slice(0, met.rest).join('.');

/** Walks a path until its end or an array; arrays are entered at once where the next part is an index. */
function walk({ field, path, doc, at }: Pending, key: Key): Met | undefined {
  let here: Value | undefined = doc;
  for (let i = at; i < path.parts.length; i++) {
    if (Array.isArray(here)) {
      if (!isPosition(here, path, i)) return { field, path, rest: i, items: here };
      here = here[path.indexes[i] as number];
    } else {
      here = here instanceof Document ? here.get(path.parts[i] as string) : undefined;
    }
  }
  if (Array.isArray(here)) return { field, path, rest: path.parts.length, items: here };
  key[field] = here;
  return undefined;
}

function isPosition(items: readonly Value[], path: Path, i: number): boolean {
  const index = path.indexes[i] as number;
  if (index < 0) return false;
  const name = path.parts[i] as string;
  const named = items.some((item) => item instanceof Document && item.has(name));
  if (!named) return true;
  if (index >= items.length) return false;
  const array = path.parts.slice(0, i).join('.');
  return fail(
    16746,
    'Location16746',
    `Ambiguous field name found in array (do not use numeric field names in embedded elements in an array), field: '${name}' for array: ${array}`,
  );
}

interface Listeners {
  readonly onParallel: OnParallel;
  /** Told the path of each array whose items become keys. */
  readonly onArray?: (path: string) => void;
}

function expand(pending: readonly Pending[], key: Key, keys: Key[], listeners: Listeners): void {
  const met: Met[] = [];
  for (const one of pending) {
    const found = walk(one, key);
    if (found) met.push(found);
  }
  const [first] = met;
  if (first === undefined) {
    keys.push(key.slice());
    return;
  }
  const other = met.find((one) => one.items !== first.items && prefix(one) !== prefix(first));
  if (other) listeners.onParallel(prefix(first), prefix(other));
  listeners.onArray?.(prefix(first));
  for (const item of first.items.length === 0 ? [UNDEFINED] : first.items) {
    expand(enter(item, met, key), key, keys, listeners);
  }
}

/** Goes into one item of the array: paths that end there take it, the others go on in a document or find nothing. */
function enter(item: Value, met: readonly Met[], key: Key): Pending[] {
  const next: Pending[] = [];
  for (const { field, path, rest } of met) {
    if (rest < path.parts.length && item instanceof Document) next.push({ field, path, doc: item, at: rest });
    else key[field] = rest === path.parts.length ? item : undefined;
  }
  return next;
}

/** All keys of a document, with repetitions. Calls `onParallel` when two paths meet different arrays. */
export function keysOf(
  doc: Document,
  paths: readonly Path[],
  onParallel: OnParallel,
  onArray?: (path: string) => void,
): Key[] {
  const keys: Key[] = [];
  const key: Key = new Array(paths.length).fill(undefined);
  expand(
    paths.map((path, field) => ({ field, path, doc, at: 0 })),
    key,
    keys,
    { onParallel, ...(onArray && { onArray }) },
  );
  return keys;
}

/** The value at a path that meets no array, or ARRAY. */
export const ARRAY = Symbol('array');

export function plainValue(doc: Document, path: Path): Value | undefined | typeof ARRAY {
  let here: Value | undefined = doc;
  for (const part of path.parts) {
    if (!(here instanceof Document)) return Array.isArray(here) ? ARRAY : undefined;
    here = here.get(part);
  }
  return Array.isArray(here) ? ARRAY : here;
}
