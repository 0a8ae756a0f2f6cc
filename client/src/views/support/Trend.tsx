import { supportTrend } from '../../graph/operations.generated.ts';
import { useOperation } from '../../graph/useOperation.ts';
import { useMessages } from '../../language/messages.ts';
import { Empty } from '../../parts/Empty.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Part } from '../../parts/Part.tsx';
import { daysOf, type Periods } from '../../parts/period/periods.ts';
import { useParams } from '../../url/useParams.ts';
import { duringOf, everyone, hierarchyOf, metrics, supportFilters } from './filters.ts';
import { MonthTable } from './MonthTable.tsx';
import { supportMessages } from './messages.ts';
import { monthsOf } from './months.ts';
import { TrendPlot } from './TrendPlot.tsx';

interface TrendProps {
  readonly name: string;
  readonly periods: Periods;
}

/** D4: how support went on month by month, of the whole force or of the province that is chosen. */
export function Trend({ name, periods }: TrendProps) {
  const m = useMessages(supportMessages);
  const [{ campaign, under, asOf, metric }, set] = useParams(supportFilters);
  const hierarchy = hierarchyOf(asOf);
  // What the campaign says of its days is missing while its part of the graph is.
  const during = daysOf(periods) ?? duringOf(null);
  const asked = useOperation(supportTrend, { campaign, under, during, hierarchy, metrics });
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
          {({ rows, pageInfo }) => (
            <>
              {pageInfo.hasNextPage && <p>{m.cut}</p>}
              <Answer {...monthsOf(rows, metric)} title={title} loading={asked.loading} />
            </>
          )}
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
