import { Document } from '../../core/document.ts';
import { Binary, type Value } from '../../core/values.ts';

/** About how many bytes a value takes in memory. */
export function sizeOf(value: Value | undefined): number {
  if (typeof value === 'string') return 16 + value.length;
  if (value instanceof Document) return 64 + (value.rawBytes()?.length ?? sizeOfAll(value.values()));
  if (Array.isArray(value)) return 32 + sizeOfAll(value);
  return value instanceof Binary ? 32 + value.bytes.length : 16;
}

function sizeOfAll(values: readonly Value[]): number {
  let size = 0;
  for (const value of values) size += 24 + sizeOf(value);
  return size;
}
