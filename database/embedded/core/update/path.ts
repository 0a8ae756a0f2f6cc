import { fail } from '../errors.ts';

/** One part of an update path. */
export type PathPart =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'positional'; readonly name: '$' }
  /** `$[]` (empty identifier) and `$[id]`. */
  | { readonly kind: 'filtered'; readonly name: string; readonly identifier: string };

export interface UpdatePath {
  readonly text: string;
  readonly parts: readonly PathPart[];
  readonly isDynamic: boolean;
}

function partOf(name: string): PathPart {
  if (name === '$') return { kind: 'positional', name };
  const filtered = /^\$\[(.*)\]$/.exec(name);
  if (filtered) return { kind: 'filtered', name, identifier: filtered[1] as string };
  return { kind: 'field', name };
}

/** An update's path, its form checked: 56 for empty parts, 2 for positional parts where they cannot be. */
export function parseUpdatePath(text: string): UpdatePath {
  if (text === '') fail(56, 'EmptyFieldName', 'An empty update path is not valid.');
  const names = text.split('.');
  if (names.includes('')) {
    fail(
      56,
      'EmptyFieldName',
      `The update path '${text}' contains an empty field name, which is not allowed.`,
    );
  }
  const parts = names.map(partOf);
  const positional = parts.filter((part) => part.kind === 'positional').length;
  if (positional > 1) {
    fail(2, 'BadValue', `Too many positional (i.e. '$') elements found in path '${text}'`);
  }
  if (parts[0]?.kind === 'positional') {
    fail(2, 'BadValue', `Cannot have positional (i.e. '$') element in the first position in path '${text}'`);
  }
  if (parts[0]?.kind === 'filtered') {
    fail(
      2,
      'BadValue',
      `Cannot have array filter identifier (i.e. '$[<id>]') element in the first position in path '${text}'`,
    );
  }
  return { text, parts, isDynamic: parts.some((part) => part.kind !== 'field') };
}

/** The order in which fields are changed, and new ones appear: numeric names by value, others by text (5.0). */
export function comparePaths(a: readonly string[], b: readonly string[]): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const order = compareNames(a[i] as string, b[i] as string);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareNames(a: string, b: string): number {
  if (a === b) return 0;
  if (/^\d+$/.test(a) && /^\d+$/.test(b)) return Number(a) - Number(b);
  return a < b ? -1 : 1;
}
