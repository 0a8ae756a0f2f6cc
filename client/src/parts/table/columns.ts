import type { ReactNode } from 'react';
import type { SUPPRESSED } from '../suppressed.ts';

/** What a cell holds, by which rows are sorted and which is exported; null where there is nothing. */
export type CellValue = string | number | null | typeof SUPPRESSED;

export interface Column<Row> {
  /** Its name in the address. */
  readonly key: string;
  readonly header: string;
  readonly value: (row: Row) => CellValue;
  /** How it is drawn, where not as text or as a number. */
  readonly draw?: (row: Row) => ReactNode;
}
