import { PeriodChoice } from '../../parts/period/PeriodChoice.tsx';
import type { Periods } from '../../parts/period/periods.ts';
import { useParams } from '../../url/useParams.ts';
import { reportFilters } from './filters.ts';

/** Chooses the period; the pages of another one are not those of this. */
export function ReportPeriod({ periods }: { readonly periods: Periods }) {
  const [{ period }, set] = useParams(reportFilters);
  const choose = (chosen: string | null) => set({ period: chosen, after: null, afterMissing: null });
  return <PeriodChoice periods={periods} period={period} choose={choose} />;
}
