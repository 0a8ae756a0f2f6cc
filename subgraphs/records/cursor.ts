import { createHash } from 'node:crypto';
import { GraphError } from '../../server/errors.ts';

/** A value a list can be sorted by, as it stands in a record. */
export type SortValue = string | number | Date | null;

/** Gives a short fingerprint of what a cursor is bound to: the list, its filter and its sort. Key order does not matter. */
export const fingerprint = (parts: unknown): string =>
  createHash('sha256').update(canonical(parts)).digest('base64url').slice(0, 8);

function canonical(value: unknown): string {
  if (value instanceof Date) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, child]) => child !== undefined);
  return `{${entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, child]) => `${JSON.stringify(key)}:${canonical(child)}`)}}`;
}

const pack = (value: SortValue): unknown => (value instanceof Date ? { d: value.getTime() } : value);
const unpack = (value: unknown): SortValue =>
  typeof value === 'object' && value !== null && 'd' in value
    ? new Date(Number(value.d))
    : (value as SortValue);

/** Gives the opaque cursor of a record: base64url of its sort values (the id last) and the fingerprint. */
export const encodeCursor = (values: readonly SortValue[], print: string): string =>
  Buffer.from(JSON.stringify([print, ...values.map(pack)])).toString('base64url');

/**
 * Gives the sort values of a cursor back.
 * Throws CURSOR_INVALID when it is none of ours, CURSOR_MISMATCH when it belongs to another filter, sort or list.
 */
export function decodeCursor(cursor: string, print: string, length: number): SortValue[] {
  const parts = parse(cursor);
  if (!parts) {
    throw new GraphError(
      'CURSOR_INVALID',
      'This is not a cursor of this graph; pass endCursor of an earlier page, or none.',
    );
  }
  const [given, ...values] = parts;
  if (given !== print || values.length !== length) {
    throw new GraphError(
      'CURSOR_MISMATCH',
      'The cursor belongs to another filter, sort or list; keep them while you page, or start again without a cursor.',
    );
  }
  return values.map(unpack);
}

function parse(cursor: string): unknown[] | null {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parts) && typeof parts[0] === 'string' && parts.slice(1).every(isPacked)
      ? parts
      : null;
  } catch {
    return null;
  }
}

const isPacked = (value: unknown): boolean =>
  value === null ||
  typeof value === 'string' ||
  typeof value === 'number' ||
  (typeof value === 'object' && 'd' in value && Number.isSafeInteger(value.d));
