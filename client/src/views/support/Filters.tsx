import { useFormat } from '../../language/format.ts';
import { useMessages } from '../../language/messages.ts';
import { PeriodChoice, PeriodOptions } from '../../parts/period/PeriodChoice.tsx';
import { earlierThan, type Periods } from '../../parts/period/periods.ts';
import { useParams } from '../../url/useParams.ts';
import { afterMerger, everyone, type Metric, metrics, supportFilters } from './filters.ts';
import { supportMessages } from './messages.ts';

interface FiltersProps {
  readonly periods: Periods;
}

/** Chooses what is measured, when, beside which earlier period, and by which provinces. */
export function Filters({ periods }: FiltersProps) {
  return (
    <>
      <MetricChoice />
      <SupportPeriod periods={periods} />
      <CompareChoice periods={periods} />
      <TreeChoice />
    </>
  );
}

function MetricChoice() {
  const m = useMessages(supportMessages);
  const [{ metric }, set] = useParams(supportFilters);
  return (
    <label>
      {m.metric}
      <select value={metric} onChange={(event) => set({ metric: event.target.value as Metric })}>
        {metrics.map((each) => (
          <option key={each} value={each}>
            {m.metrics[each]}
          </option>
        ))}
      </select>
    </label>
  );
}

function SupportPeriod({ periods }: FiltersProps) {
  const [{ period }, set] = useParams(supportFilters);
  const choose = (chosen: string | null) => set({ period: chosen, compareWith: null });
  return <PeriodChoice periods={periods} period={period} choose={choose} />;
}

function CompareChoice({ periods }: FiltersProps) {
  const m = useMessages(supportMessages);
  const [{ period, compareWith }, set] = useParams(supportFilters);
  const earlier = earlierThan(periods, period ?? '');
  const offered = compareWith && !earlier.includes(compareWith) ? [compareWith, ...earlier] : earlier;
  return (
    <label>
      {m.compareWith}
      <select
        value={compareWith ?? ''}
        disabled={offered.length === 0}
        onChange={(event) => set({ compareWith: event.target.value || null })}
      >
        <option value="">{m.nothing}</option>
        <PeriodOptions periods={periods} codes={offered} />
      </select>
    </label>
  );
}

/** The trend goes back to the whole force: a province of the other day may not have been there. */
function TreeChoice() {
  const m = useMessages(supportMessages);
  const { day } = useFormat();
  const [{ asOf }, set] = useParams(supportFilters);
  return (
    <label>
      {m.tree}
      <select
        value={asOf ?? ''}
        onChange={(event) => set({ asOf: event.target.value || null, under: everyone })}
      >
        <option value="">{m.asReported}</option>
        <option value={afterMerger}>{m.afterMerger}</option>
        {asOf && asOf !== afterMerger && <option value={asOf}>{m.asOf(day(asOf))}</option>}
      </select>
    </label>
  );
}
