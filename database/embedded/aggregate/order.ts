import type { Collation } from '../core/compare.ts';
import type { Document } from '../core/document.ts';
import { compileSort } from '../core/sort.ts';

/** How a sort document orders two documents. */
export function orderOf(
  sort: Document,
  collation: Collation | undefined,
): (a: Document, b: Document) => number {
  return compileSort(sort, collation).compare;
}
