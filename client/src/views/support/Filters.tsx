import { useFormat } from '../../language/format.ts';
import { useMessages } from '../../language/messages.ts';
import { earlierThan, months, quarters } from '../../parts/periods.ts';
import { useParams } from '../../url/useParams.ts';
import { afterMerger, everyone, type Metric, metrics, supportFilters } from './filters.ts';
import { supportMessages } from './messages.ts';
import { usePeriodName } from './write.ts';

/** Chooses what is measured, when, beside which earlier period, and by which provinces. */
export function Filters() {
  return (
    <>
      <MetricChoice />
      <PeriodChoice />
      <CompareChoice />
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

function Periods({ periods }: { readonly periods: readonly string[] }) {
  const nameOf = usePeriodName();
  return periods.map((period) => (
    <option key={period} value={period}>
      {nameOf(period)}
    </option>
  ));
}

/** Another period that the address names is kept among those offered. */
const kept = (period: string | null, offered: readonly string[]): readonly string[] =>
  period && !offered.includes(period) ? [period] : [];

function PeriodChoice() {
  const m = useMessages(supportMessages);
  const [{ period }, set] = useParams(supportFilters);
  return (
    <label>
      {m.period}
      <select
        value={period ?? ''}
        onChange={(event) => set({ period: event.target.value || null, compareWith: null })}
      >
        <option value="">{m.wholeCampaign}</option>
        <Periods periods={kept(period, [...months, ...quarters])} />
        <optgroup label={m.months}>
          <Periods periods={months} />
        </optgroup>
        <optgroup label={m.quarters}>
          <Periods periods={quarters} />
        </optgroup>
      </select>
    </label>
  );
}

function CompareChoice() {
  const m = useMessages(supportMessages);
  const [{ period, compareWith }, set] = useParams(supportFilters);
  const periods = earlierThan(period ?? '');
  return (
    <label>
      {m.compareWith}
      <select
        value={compareWith ?? ''}
        disabled={periods.length === 0 && !compareWith}
        onChange={(event) => set({ compareWith: event.target.value || null })}
      >
        <option value="">{m.nothing}</option>
        <Periods periods={[...kept(compareWith, periods), ...periods]} />
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
