import { supportTrend } from '../../graph/operations.generated.ts';
import { useOperation } from '../../graph/useOperation.ts';
import { useMessages } from '../../language/messages.ts';
import { Empty } from '../../parts/Empty.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Part } from '../../parts/Part.tsx';
import { useParams } from '../../url/useParams.ts';
import { everyone, hierarchyOf, metrics, supportFilters } from './filters.ts';
import { MonthTable } from './MonthTable.tsx';
import { supportMessages } from './messages.ts';
import { monthsOf } from './months.ts';
import { TrendPlot } from './TrendPlot.tsx';

/** D4: how support went on month by month, of the whole force or of the province that is chosen. */
export function Trend({ name }: { readonly name: string }) {
  const m = useMessages(supportMessages);
  const [{ campaign, under, asOf, metric }, set] = useParams(supportFilters);
  const hierarchy = hierarchyOf(asOf);
  const asked = useOperation(supportTrend, { campaign, under, hierarchy, metrics });
  const title = m.trendOf(m.metrics[metric], name);
  return (
    <section className="trend" aria-busy={asked.loading}>
      <h2>{m.trend}</h2>
      <p aria-live="polite">
        <span>{title}</span>{' '}
        {under !== everyone && (
          <button type="button" onClick={() => set({ under: everyone })}>
            {m.showEveryone}
          </button>
        )}
      </p>
      {asked.data === undefined ? (
        <Loading />
      ) : (
        <Part asked={asked} at="supportRollup" value={asked.data?.supportRollup} name={m.trend}>
          {({ rows }) => <Answer {...monthsOf(rows, metric)} title={title} loading={asked.loading} />}
        </Part>
      )}
    </section>
  );
}

interface AnswerProps extends ReturnType<typeof monthsOf> {
  readonly title: string;
  readonly loading: boolean;
}

function Answer({ months, kinds, title, loading }: AnswerProps) {
  if (kinds.length === 0) return <Empty />;
  return (
    <div className={loading ? 'stale' : undefined}>
      <TrendPlot months={months} kinds={kinds} label={title}>
        <MonthTable months={months} kinds={kinds} caption={title} />
      </TrendPlot>
    </div>
  );
}
