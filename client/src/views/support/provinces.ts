import type { SupportByProvinceQuery } from '../../graph/operations.generated.ts';
import { SUPPRESSED } from '../../parts/suppressed.ts';
import type { Metric } from './filters.ts';

export type ProvinceRollup = NonNullable<SupportByProvinceQuery['supportRollup']>;
export type ProvinceRow = ProvinceRollup['rows'][number];
type Values = ProvinceRow['values'];

/** A number as it may be shown; null where there is none. */
type Shown = number | null | typeof SUPPRESSED;

/** What one measure is, and was in the period compared with. */
export interface Measured {
  readonly value: Shown;
  readonly previous: Shown;
  /** How much more it is, 0.1 for a tenth more; null where that cannot be said. */
  readonly change: number | null;
}

/** Gives one measure of a row or of the whole. */
export function measured(values: Values, metric: Metric, isCompared: boolean): Measured {
  const found = values.find((each) => each.metric === metric);
  const value = found?.suppressed ? SUPPRESSED : (found?.value ?? null);
  // Where a period is compared with, a number that is not there is hidden (MetricValue.previous).
  const previous = isCompared ? (found?.previous ?? SUPPRESSED) : null;
  const isKnown = typeof value === 'number' && typeof previous === 'number' && previous > 0;
  return { value, previous, change: isKnown ? (value - previous) / previous : null };
}

/** The province that a row is of, by its code; NONE for the ministry and its departments. */
export const codeOf = ({ keys }: ProvinceRow): string => keys[0]?.code ?? '';
