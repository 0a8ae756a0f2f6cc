import { SUPPRESSED } from '../suppressed.ts';
import type { CellValue, Column } from './columns.ts';

/** By which column rows are sorted, as it stands in an address: `missing`, or `-missing` from the greatest. */
export interface Sorting {
  readonly key: string;
  readonly descending: boolean;
}

export const readSorting = (text: string): Sorting =>
  text.startsWith('-') ? { key: text.slice(1), descending: true } : { key: text, descending: false };

export const writeSorting = ({ key, descending }: Sorting): string => (descending ? `-${key}` : key);

const isKnown = (value: CellValue): value is string | number => value !== null && value !== SUPPRESSED;

/** Sorts rows by a column, equal ones as they were; whatever is not known comes last in either direction. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { key, descending }: Sorting,
  compareText: (a: string, b: string) => number,
): readonly Row[] {
  const column = columns.find((each) => each.key === key);
  if (!column) return rows;
  const compare = (a: string | number, b: string | number): number =>
    typeof a === 'number' && typeof b === 'number' ? a - b : compareText(String(a), String(b));
  return rows.toSorted((left, right) => {
    const a = column.value(left);
    const b = column.value(right);
    if (!isKnown(a) || !isKnown(b)) return Number(!isKnown(a)) - Number(!isKnown(b));
    return descending ? compare(b, a) : compare(a, b);
  });
}
