import { Document } from './document.ts';
import type { Value } from './values.ts';

/** A dotted path and its parts. */
export interface Path {
  readonly text: string;
  readonly parts: readonly string[];
  /** For each part, the array index it spells ("0", "12", not "01"), or -1. */
  readonly indexes: readonly number[];
}

export function arrayIndexOf(part: string): number {
  return /^(0|[1-9]\d*)$/.test(part) ? Number(part) : -1;
}

const paths = new Map<string, Path>();

export function pathOf(text: string): Path {
  let path = paths.get(text);
  if (path === undefined) {
    const parts = text.split('.');
    path = { text, parts, indexes: parts.map(arrayIndexOf) };
    if (paths.size < 10_000) paths.set(text, path);
  }
  return path;
}

/** Where in an array a query matched, for the positional `$`: the index in the outermost array on the way. */
export interface MatchDetails {
  position: number | undefined;
}

export type LeafTest = (value: Value | undefined, details: MatchDetails | undefined) => boolean;

/**
 * Asks `test` about every value that a query on this path reaches, until one holds (manual, "Query an Array").
 * Arrays on the way are entered, item by item and by numeric part. An array at the end gives its items and
 * then itself (`spread`), or only itself. A path that ends in nothing gives undefined; a path that meets an array
 * without fitting items gives nothing at all.
 */
export function someValue(
  doc: Document,
  path: Path,
  spread: boolean,
  test: LeafTest,
  details: MatchDetails | undefined,
  from = 0,
): boolean {
  const last = path.parts.length - 1;
  let here: Document = doc;
  for (let i = from; ; i++) {
    const value = here.get(path.parts[i] as string);
    if (typeof value === 'object' && value !== null) {
      if (Array.isArray(value)) return someItem(value, path, i + 1, spread, test, details);
      if (i < last && value instanceof Document) {
        here = value;
        continue;
      }
    }
    return test(i === last ? value : undefined, details);
  }
}

function someItem(
  items: readonly Value[],
  path: Path,
  rest: number,
  spread: boolean,
  test: LeafTest,
  details: MatchDetails | undefined,
): boolean {
  if (rest === path.parts.length) return someLeafItem(items, spread, test, details);
  const wanted = path.indexes[rest] as number;
  for (let k = 0; k < items.length; k++) {
    const item = items[k] as Value;
    if (item instanceof Document && someValue(item, path, spread, test, details, rest)) {
      if (details) details.position = k;
      return true;
    }
    if (k === wanted && atIndex(item, path, rest, spread, test, details)) return true;
  }
  return false;
}

/** The item a numeric part names: at the path's end it stands for itself, even when it is an array. */
function atIndex(
  item: Value,
  path: Path,
  rest: number,
  spread: boolean,
  test: LeafTest,
  details: MatchDetails | undefined,
): boolean {
  if (rest === path.parts.length - 1) return test(item, details);
  if (Array.isArray(item)) return someItem(item, path, rest + 1, spread, test, details);
  return item instanceof Document && someValue(item, path, spread, test, details, rest + 1);
}

function someLeafItem(
  items: Value[] | readonly Value[],
  spread: boolean,
  test: LeafTest,
  details: MatchDetails | undefined,
): boolean {
  if (spread) {
    for (let k = 0; k < items.length; k++) {
      if (test(items[k], details)) {
        if (details) details.position = k;
        return true;
      }
    }
  }
  return test(items as Value[], details);
}
