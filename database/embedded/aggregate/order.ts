import { type Collation, compareValues } from '../core/compare.ts';
import type { Document } from '../core/document.ts';
import { Int32 } from '../core/values.ts';
import { valueAt } from './expressions/field-path.ts';

/** TEMPORARY until core/sort.ts */
export function orderOf(
  sort: Document,
  collation: Collation | undefined,
): (a: Document, b: Document) => number {
  const keys = sort
    .entries()
    .map(([path, d]) => ({ names: path.split('.'), sign: d instanceof Int32 ? d.value : Number(d) }));
  return (a, b) => {
    for (const { names, sign } of keys) {
      const order = compareValues(valueAt(a, names, 0) ?? null, valueAt(b, names, 0) ?? null, collation);
      if (order !== 0) return order * sign;
    }
    return 0;
  };
}
