import { useFormat } from '../../language/format.ts';
import { useMessages } from '../../language/messages.ts';
import { Figure } from '../../parts/Figure.tsx';
import { type Metric, metrics } from './filters.ts';
import { supportMessages } from './messages.ts';
import { measured, type ProvinceRollup } from './provinces.ts';
import { writeWith } from './write.ts';

interface TotalsProps {
  readonly rollup: ProvinceRollup;
  readonly isCompared: boolean;
}

/** All measures of the whole, beside what they were before. */
export function Totals({ rollup, isCompared }: TotalsProps) {
  return (
    <dl className="figures">
      {metrics.map((metric) => (
        <Total key={metric} metric={metric} rollup={rollup} isCompared={isCompared} />
      ))}
    </dl>
  );
}

function Total({ metric, rollup, isCompared }: TotalsProps & { readonly metric: Metric }) {
  const m = useMessages(supportMessages);
  const format = useFormat();
  const full = writeWith(format, metric);
  const { value, previous, change } = measured(rollup.totals, metric, isCompared);
  const shown = typeof value === 'number' ? (metric === 'AMOUNT' ? format.compact : full)(value) : value;
  const notes = [
    metric === 'AMOUNT' && typeof value === 'number' && full(value),
    typeof previous === 'number' && m.before(full(previous), change === null ? '' : format.change(change)),
  ].filter(Boolean);
  return <Figure name={m.metrics[metric]} value={shown} note={notes.join(' · ')} />;
}
