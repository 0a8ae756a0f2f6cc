import type { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import { ARRAY, type Key, keysOf, plainValue } from '../core/keys.ts';
import type { Path } from '../core/path.ts';
import type { Value } from '../core/values.ts';

/** The values that one document puts into an index: a list of keys, each one value per indexed path. */
export interface IndexValues {
  readonly keys: readonly (readonly Value[])[];
  /** The paths of the arrays whose items became keys. */
  readonly arrays: readonly string[];
  /** True when no indexed path exists in the document: sparse indexes leave it out. */
  readonly absent: boolean;
}

const withoutArrays: readonly string[] = [];

function refuseParallel(one: string, other: string): never {
  const last = (path: string) => path.slice(path.lastIndexOf('.') + 1);
  return fail(
    171,
    'CannotIndexParallelArrays',
    `cannot index parallel arrays [${last(other)}] [${last(one)}]`,
  );
}

/**
 * What MongoDB indexes of a document (manual, "Multikey Indexes"): missing is null, each item of an array is a key
 * of its own, an empty array is `undefined`.
 * Throws 171 for two different arrays in one compound key, 16746 for an ambiguous numeric path.
 */
export function indexValues(doc: Document, paths: readonly Path[]): IndexValues {
  const key: Value[] = [];
  let absent = true;
  for (const path of paths) {
    const value = plainValue(doc, path);
    if (value === ARRAY) return arrayValues(doc, paths);
    if (value !== undefined) absent = false;
    key.push(value ?? null);
  }
  return { keys: [key], arrays: withoutArrays, absent };
}

function arrayValues(doc: Document, paths: readonly Path[]): IndexValues {
  const arrays = new Set<string>();
  const keys = keysOf(doc, paths, refuseParallel, (path) => arrays.add(path));
  return {
    keys: keys.map((key: Key) => key.map((value) => value ?? null)),
    arrays: [...arrays],
    absent: keys.every((key) => key.every((value) => value === undefined)),
  };
}
