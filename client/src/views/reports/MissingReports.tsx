import { reportCompleteness } from '../../graph/operations.generated.ts';
import { useReading } from '../../graph/useReading.ts';
import { useFormat } from '../../language/format.ts';
import { useText } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import type { Column } from '../../parts/table/columns.ts';
import { EXPORT_PAGE } from '../../parts/table/everyRow.ts';
import { Table } from '../../parts/table/Table.tsx';
import { useParams } from '../../url/useParams.ts';
import { questionOf, reportFilters } from './filters.ts';
import { reportMessages } from './messages.ts';
import type { Completeness } from './Reports.tsx';

type Reports = Completeness['total']['missingReports'];
type ReportRow = Reports['nodes'][number];

/** The missing reports themselves, page by page as the graph gives them. */
export function MissingReports({ reports }: { readonly reports: Reports }) {
  const m = useMessages(reportMessages);
  const format = useFormat();
  const [filters, set] = useParams(reportFilters);
  const ask = useReading(reportCompleteness);
  const read = async (afterMissing: string | null) => {
    const page = { first: 1, after: null, firstMissing: EXPORT_PAGE, afterMissing };
    const found = await ask({ ...questionOf(filters), ...page });
    return found?.campaign?.completeness?.total.missingReports;
  };
  const columns = useColumns();
  const { nodes, pageInfo, totalCount } = reports;
  return (
    <section>
      <h2>{m.missingReports}</h2>
      {nodes.length === 0 ? (
        <p>{m.noneMissing}</p>
      ) : (
        <>
          {totalCount !== null && <p>{m.shown(format.number(nodes.length), format.number(totalCount))}</p>}
          <Table
            id="missing"
            caption={m.missingReports}
            columns={columns}
            rows={nodes}
            rowKey={keyOf}
            list={{
              after: filters.afterMissing,
              pageInfo,
              goAfter: (cursor) => set({ afterMissing: cursor }),
              read,
            }}
          />
        </>
      )}
    </section>
  );
}

const keyOf = ({ unit, period, dueOn }: ReportRow): string => `${unit?.code} ${period} ${dueOn}`;

function useColumns(): Column<ReportRow>[] {
  const m = useMessages(reportMessages);
  const text = useText();
  const format = useFormat();
  return [
    { key: 'unit', header: m.unit, value: ({ unit }) => unit && text(unit.name) },
    { key: 'period', header: m.period, value: ({ period }) => period },
    {
      key: 'dueOn',
      header: m.dueOn,
      value: ({ dueOn }) => dueOn,
      draw: ({ dueOn }) => format.day(dueOn),
    },
  ];
}
