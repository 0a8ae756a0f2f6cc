import type { MetricValue, SupportMetric } from '../types.generated.ts';
import type { Cell, Counted, Sums } from './count.ts';
import { type Hidden, hide } from './hide.ts';
import { measures } from './measures.ts';

/** What of one period a viewer may see. */
export interface Visible {
  readonly cell: (index: number, metric: SupportMetric) => number | null;
  readonly total: (metric: SupportMetric) => number | null;
  readonly unallocated: (metric: SupportMetric) => number | null;
}

/** Hides what few people could be known by, measure by measure, over all rows and not only those of a page. */
export function visibleOf(
  counted: Pick<Counted, 'totals' | 'unallocated'>,
  cells: readonly (Cell | undefined)[],
  metrics: readonly SupportMetric[],
  inside: boolean,
): Visible {
  const hidden = new Map<SupportMetric, Hidden>();
  for (const metric of metrics) {
    if (inside || !measures[metric].people) continue;
    const counts = cells.map((cell) => ({ keys: cell?.keys ?? [], value: cell?.sums.get(metric) ?? 0 }));
    hidden.set(metric, hide(counts, counted.unallocated.get(metric) ?? 0, counted.totals.get(metric) ?? 0));
  }
  const show = (sums: Sums | undefined, metric: SupportMetric, isHidden: boolean | undefined) =>
    isHidden ? null : (sums?.get(metric) ?? 0);
  return {
    cell: (index, metric) => show(cells[index]?.sums, metric, hidden.get(metric)?.counts[index]),
    total: (metric) => show(counted.totals, metric, hidden.get(metric)?.total),
    unallocated: (metric) => show(counted.unallocated, metric, hidden.get(metric)?.unallocated),
  };
}

/** Gives one number as the graph shows it. */
export const metricValue = (
  metric: SupportMetric,
  value: number | null,
  previous: number | null,
): MetricValue => ({
  metric,
  value,
  previous,
  additive: measures[metric].additive,
  suppressed: value === null,
});
