import { Document } from '../../core/document.ts';
import { checkFieldPath } from '../../core/fieldpath.ts';
import type { Value } from '../../core/values.ts';
import { refuse } from './arguments.ts';
import type { Evaluate } from './expression.ts';

/**
 * The names of a dotted path.
 * @throws 15998, 16410, 16411, 40352, 40353 for names that no path may have.
 */
export function splitPath(path: string): string[] {
  checkFieldPath(path);
  return path.split('.');
}

/** @throws 15998, 16410, 16411, 16412 for a name that no single field of an expression may have. */
export function checkFieldName(name: string): void {
  if (name === '') refuse(15998, 'FieldPath field names may not be empty strings.');
  if (name.startsWith('$')) {
    refuse(16410, "FieldPath field names may not start with '$'. Consider using $getField or $setField.");
  }
  if (name.includes('\0')) refuse(16411, "FieldPath field names may not contain '\0'.");
  if (name.includes('.')) {
    refuse(16412, "FieldPath field names may not contain '.'. Consider using $getField or $setField.");
  }
}

/** The value at a path below a value; documents inside arrays are each followed, and others left out. */
export function valueAt(value: Value | undefined, names: readonly string[], from: number): Value | undefined {
  let current = value;
  for (let i = from; i < names.length; i++) {
    if (current instanceof Document) current = current.get(names[i] as string);
    else return Array.isArray(current) ? valuesAt(current, names, i) : undefined;
  }
  return current;
}

function valuesAt(items: readonly Value[], names: readonly string[], from: number): Value[] {
  const found: Value[] = [];
  for (const item of items) {
    if (!(item instanceof Document)) continue;
    const value = valueAt(item, names, from);
    if (value !== undefined) found.push(value);
  }
  return found;
}

/** Reads a path of the document. */
export function pathReader(names: readonly string[]): Evaluate {
  const [first = '', second] = names;
  if (names.length === 1) return (root) => root.get(first);
  if (names.length === 2 && second !== undefined) {
    return (root) => {
      const outer = root.get(first);
      return outer instanceof Document ? outer.get(second) : valueAt(outer, names, 1);
    };
  }
  return (root) => valueAt(root.get(first), names, 1);
}
