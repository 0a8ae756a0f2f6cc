import type { TargetStatus } from '../../graph/operations.generated.ts';
import { useFormat } from '../../language/format.ts';
import { useText } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import type { Column } from '../../parts/table/columns.ts';
import { unitColumn } from '../../parts/table/unitColumn.tsx';
import { comparators, targetMessages } from './messages.ts';
import type { Indicator, Target } from './place.ts';

const signs: Readonly<Record<TargetStatus, string>> = { MET: '✓', NOT_MET: '✗', NO_VALUE: '–' };

/** Gives the columns of a table of an indicator's targets. */
export function useTargetColumns(indicator: Indicator): Column<Target>[] {
  const m = useMessages(targetMessages);
  const text = useText();
  const written = useWritten(indicator);
  return [
    unitColumn(m.unit, text),
    { key: 'period', header: m.period, value: ({ period }) => period },
    {
      key: 'target',
      header: m.target,
      value: ({ threshold }) => threshold,
      draw: ({ comparator, threshold }) => `${comparators[comparator]} ${written(threshold)}`,
    },
    {
      key: 'baseline',
      header: m.baseline,
      value: ({ baseline }) => baseline && m.baselineOf(baseline.year, written(baseline.value)),
    },
    {
      key: 'actual',
      header: m.actual,
      value: ({ actual }) => actual,
      draw: ({ actual }) => actual !== null && written(actual),
    },
    {
      key: 'status',
      header: m.status,
      value: ({ status }) => m.statuses[status],
      draw: ({ status }) => (
        <span className={`status ${status}`}>
          <span aria-hidden="true">{signs[status]}</span> {m.statuses[status]}
        </span>
      ),
    },
    {
      key: 'source',
      header: m.source,
      value: ({ source }) =>
        source && [source.title, source.issuer, source.dateText].filter(Boolean).join(', '),
    },
    { key: 'synthetic', header: m.synthetic, value: ({ synthetic }) => (synthetic ? m.yes : m.no) },
  ];
}

/** Gives the way to write a value of an indicator in its unit of measure. */
function useWritten({ measure, unitOfMeasure }: Indicator): (value: number | null) => string {
  const m = useMessages(targetMessages);
  const text = useText();
  const format = useFormat();
  return (value) => {
    if (value === null) return m.notKnown;
    if (measure === 'PERCENT') return format.percent(value / 100);
    if (measure === 'VND') return format.money(value);
    return `${format.number(value)} ${text(unitOfMeasure)}`;
  };
}
