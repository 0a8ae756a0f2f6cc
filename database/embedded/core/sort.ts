import type { Collation } from './compare.ts';
import { compareValues } from './compare.ts';
import { Document } from './document.ts';
import { fail } from './errors.ts';
import { checkFieldPath } from './fieldpath.ts';
import type { Key } from './keys.ts';
import { ARRAY, keysOf, plainValue } from './keys.ts';
import { isNumber, toDouble } from './numbers.ts';
import type { Path } from './path.ts';
import { pathOf } from './path.ts';
import { showElement } from './show.ts';
import type { Value } from './values.ts';

export interface SortPart {
  readonly path: string;
  readonly descending: boolean;
}

/** A compiled sort. */
export interface Sorter {
  readonly parts: readonly SortPart[];
  /** Compares two documents; taking their keys once and comparing those is faster for many. */
  compare(a: Document, b: Document): number;
  /** The values a document is sorted by: of an array the least item, or the greatest when descending. */
  keyOf(doc: Document): Value[];
  compareKeys(a: readonly Value[], b: readonly Value[]): number;
}

function parsePart(path: string, order: Value): SortPart {
  if (order instanceof Document) {
    if (order.keys()[0] !== '$meta') {
      fail(17312, 'Location17312', '$meta is the only expression supported by $sort right now');
    }
    fail(238, 'NotImplemented', 'Sorting by $meta is not supported');
  }
  if (!isNumber(order)) {
    fail(15974, 'Location15974', `Illegal key in $sort specification: ${showElement(path, order)}`);
  }
  const direction = Math.trunc(toDouble(order));
  if (direction !== 1 && direction !== -1) {
    fail(15975, 'Location15975', '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
  }
  checkFieldPath(path);
  return { path, descending: direction === -1 };
}

/** The parts of a sort document. Throws 15974, 15975 and FieldPath's codes as MongoDB does. */
export function parseSort(spec: Document): SortPart[] {
  return spec.entries().map(([path, order]) => parsePart(path, order));
}

function parallel(): never {
  return fail(2, 'BadValue', 'cannot sort with keys that are parallel arrays');
}

/** Compiles a sort document such as `{ a: 1, 'b.c': -1 }`. */
export function compileSort(spec: Document, collation?: Collation): Sorter {
  const parts = parseSort(spec);
  const paths = parts.map((part) => pathOf(part.path));
  const signs = parts.map((part) => (part.descending ? -1 : 1));

  const compareKeys = (a: readonly Value[], b: readonly Value[]): number => {
    for (let i = 0; i < signs.length; i++) {
      const order = compareValues(a[i], b[i], collation);
      if (order !== 0) return order * (signs[i] as number);
    }
    return 0;
  };

  const keyOf = (doc: Document): Value[] => {
    const key: Value[] = [];
    for (const path of paths) {
      const value = plainValue(doc, path);
      if (value === ARRAY) return leastKey(doc, paths, compareKeys);
      key.push(value === undefined ? null : value);
    }
    return key;
  };

  return { parts, keyOf, compareKeys, compare: (a, b) => compareKeys(keyOf(a), keyOf(b)) };
}

function leastKey(
  doc: Document,
  paths: readonly Path[],
  compareKeys: (a: readonly Value[], b: readonly Value[]) => number,
): Value[] {
  const present = (key: Key): Value[] => key.map((value) => (value === undefined ? null : value));
  return keysOf(doc, paths, parallel)
    .map(present)
    .reduce((least, key) => (compareKeys(key, least) < 0 ? key : least));
}
