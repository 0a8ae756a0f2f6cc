import type { ReadingFragment } from '../../graph/operations.generated.ts';
import { useFormat } from '../../language/format.ts';
import { useMessages } from '../../language/messages.ts';
import { Figure, type FigureProps } from '../../parts/Figure.tsx';
import { SUPPRESSED } from '../../parts/suppressed.ts';
import { Link } from '../../url/Link.tsx';
import { useParams } from '../../url/useParams.ts';
import { mergerMessages } from './messages.ts';
import { mergerParams } from './place.ts';
import { areEqual, metricOf } from './reading.ts';

interface TotalsProps {
  readonly asReported: ReadingFragment;
  readonly asOf: ReadingFragment;
  /** The name of the unit under which they are compared. */
  readonly scope: string;
}

/** What both readings come to, whether that is the same, and what of the later one no unit is known for. */
export function Totals({ asReported, asOf, scope }: TotalsProps) {
  const m = useMessages(mergerMessages);
  const [{ code }] = useParams(mergerParams);
  const written = useWritten();
  return (
    <>
      <p className="verdict">
        {areEqual(asReported, asOf) ? (
          `= ${m.equal}`
        ) : (
          <>
            {`≠ ${m.unequal(scope)}`}{' '}
            <Link to="merger" values={{ code }}>
              {m.ministry}
            </Link>
          </>
        )}
      </p>
      <dl className="figures">
        <Figure name={`${m.asReported}: ${m.total}`} {...written(asReported.totals)} />
        <Figure name={`${m.later}: ${m.total}`} {...written(asOf.totals)} />
        <Figure name={`${m.later}: ${m.unallocated}`} {...written(asOf.unallocated)} />
      </dl>
      <p className="quiet">
        {m.unallocated}: {m.unallocatedWhy}
      </p>
    </>
  );
}

/** Gives the way to write values as a figure: the activities, and below them the amount. */
function useWritten() {
  const m = useMessages(mergerMessages);
  const format = useFormat();
  return (values: ReadingFragment['totals']): Pick<FigureProps, 'value' | 'note'> => {
    const activities = metricOf(values, 'ACTIVITIES');
    const amount = metricOf(values, 'AMOUNT');
    return {
      value: typeof activities === 'number' ? format.number(activities) : SUPPRESSED,
      note: `${m.activities.toLowerCase()}${typeof amount === 'number' ? ` · ${format.money(amount)}` : ''}`,
    };
  };
}
