import { reportCompleteness } from '../../graph/operations.generated.ts';
import { useReading } from '../../graph/useReading.ts';
import { useFormat } from '../../language/format.ts';
import { useText } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import { shareOf } from '../../parts/share.ts';
import type { Column } from '../../parts/table/columns.ts';
import { EXPORT_PAGE } from '../../parts/table/everyRow.ts';
import { Table } from '../../parts/table/Table.tsx';
import { Link } from '../../url/Link.tsx';
import { useParams } from '../../url/useParams.ts';
import { questionOf, reportFilters } from './filters.ts';
import { reportMessages } from './messages.ts';
import type { Completeness } from './Reports.tsx';

export type UnitRow = Completeness['nodes'][number];

/** The units under one, each a link to the units under it. */
export function UnitTable({
  completeness,
  name,
}: {
  readonly completeness: Completeness;
  readonly name: string;
}) {
  const m = useMessages(reportMessages);
  const [filters, set] = useParams(reportFilters);
  const ask = useReading(reportCompleteness);
  const read = async (after: string | null) => {
    const page = { first: EXPORT_PAGE, after, firstMissing: 1, afterMissing: null };
    return (await ask({ ...questionOf(filters), ...page }))?.campaign?.completeness;
  };
  const columns = useColumns();
  return (
    <section>
      <Table
        id="units"
        caption={m.byUnit(name)}
        columns={columns}
        rows={completeness.nodes}
        rowKey={keyOf}
        sort="-missing"
        list={{
          after: filters.after,
          pageInfo: completeness.pageInfo,
          goAfter: (cursor) => set({ after: cursor }),
          read,
        }}
      />
    </section>
  );
}

// A unit that cannot be read has no code; its row stands all the same.
const keyOf = (row: UnitRow): string => row.unit?.code ?? JSON.stringify(row);

function useColumns(): Column<UnitRow>[] {
  const m = useMessages(reportMessages);
  const text = useText();
  const format = useFormat();
  const [{ period }] = useParams(reportFilters);
  const share = (row: UnitRow) => shareOf(row.received, row.expected);
  return [
    {
      key: 'unit',
      header: m.unit,
      value: ({ unit }) => unit && text(unit.name),
      draw: ({ unit }) =>
        unit && (
          <Link to="reports" values={{ under: unit.code, ...(period && { period }) }}>
            {text(unit.name)}
          </Link>
        ),
    },
    { key: 'expected', header: m.expected, value: ({ expected }) => expected },
    { key: 'received', header: m.received, value: ({ received }) => received },
    { key: 'onTime', header: m.onTime, value: ({ onTime }) => onTime },
    { key: 'late', header: m.late, value: ({ late }) => late },
    { key: 'missing', header: m.missing, value: ({ missing }) => missing },
    { key: 'pending', header: m.pending, value: ({ pending }) => pending },
    {
      key: 'complete',
      header: m.complete,
      value: share,
      draw: (row) => format.percent(share(row) ?? 0),
    },
  ];
}
