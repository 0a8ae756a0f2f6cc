import { fail } from './errors.ts';

/** The names in a DBRef: the only ones of a path that may begin with `$`. */
export const isReferencePart = (name: string): boolean => ['$id', '$ref', '$db'].includes(name);

/**
 * Checks a dotted path as aggregation, sorts and projections take it (FieldPath in the server).
 * Throws 15998, 16410, 16411, 40352 or 40353.
 */
export function checkFieldPath(path: string): void {
  if (path === '') fail(40352, 'Location40352', 'FieldPath cannot be constructed with empty string');
  if (path.endsWith('.')) fail(40353, 'Location40353', "FieldPath must not end with a '.'.");
  const parts = path.split('.');
  for (const part of parts) {
    if (part === '') fail(15998, 'Location15998', 'FieldPath field names may not be empty strings.');
    if (part.startsWith('$') && !isReferencePart(part)) {
      fail(
        16410,
        'Location16410',
        "FieldPath field names may not start with '$'. Consider using $getField or $setField.",
      );
    }
    if (part.includes('\0')) fail(16411, 'Location16411', "FieldPath field names may not contain '\\0'.");
  }
  if (parts.length > 200) fail(15, 'Overflow', 'FieldPath is too long');
}
