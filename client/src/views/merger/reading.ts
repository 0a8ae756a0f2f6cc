import type { ReadingFragment } from '../../graph/operations.generated.ts';
import { SUPPRESSED } from '../../parts/suppressed.ts';
import type { CellValue } from '../../parts/table/columns.ts';

export type Metric = 'ACTIVITIES' | 'AMOUNT';
export type ReadingRow = ReadingFragment['rows'][number];

interface Value {
  readonly metric: string;
  readonly value: number | null;
  readonly suppressed?: boolean;
}

/** Gives the value of a metric, as a table holds it. */
export function metricOf(values: readonly Value[], metric: Metric): CellValue {
  const found = values.find((each) => each.metric === metric);
  return found?.suppressed ? SUPPRESSED : (found?.value ?? null);
}

/** Whether two readings come to the same. */
export const areEqual = (one: ReadingFragment, other: ReadingFragment): boolean =>
  (['ACTIVITIES', 'AMOUNT'] as const).every(
    (metric) => metricOf(one.totals, metric) === metricOf(other.totals, metric),
  );
