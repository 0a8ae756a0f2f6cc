import { Document } from '../../core/document.ts';
import { arrayIndexOf } from '../../core/path.ts';
import type { Value } from '../../core/values.ts';

function visitEnd(value: Value | undefined, visit: (value: Value) => void): void {
  if (Array.isArray(value)) value.forEach(visit);
  else if (value !== undefined) visit(value);
}

/** Visits all values at a path: items instead of the array at its end, numeric names also as indexes. */
export function visitValues(
  doc: Document,
  path: readonly string[],
  visit: (value: Value) => void,
  from = 0,
): void {
  let value = doc.get(path[from] as string);
  let next = from + 1;
  while (Array.isArray(value) && next < path.length && arrayIndexOf(path[next] as string) >= 0) {
    value = value[arrayIndexOf(path[next] as string)];
    next++;
  }
  if (next === path.length) visitEnd(value, visit);
  else if (value instanceof Document) visitValues(value, path, visit, next);
  else if (Array.isArray(value)) {
    for (const item of value) if (item instanceof Document) visitValues(item, path, visit, next);
  }
}

/** The values at a path that a join compares; null when there is none. */
export function joinValues(doc: Document, path: readonly string[]): Value[] {
  const values: Value[] = [];
  visitValues(doc, path, (value) => values.push(value));
  return values.length === 0 ? [null] : values;
}
