import { houses as housesOf } from '../../graph/operations.generated.ts';
import { useReading } from '../../graph/useReading.ts';
import { useFormat } from '../../language/format.ts';
import { useText } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import type { Column } from '../../parts/table/columns.ts';
import { EXPORT_PAGE } from '../../parts/table/everyRow.ts';
import { Table } from '../../parts/table/Table.tsx';
import { useParams } from '../../url/useParams.ts';
import { daysBetween } from './days.ts';
import { houseFilters } from './filters.ts';
import type { OverdueHouses } from './Houses.tsx';
import { houseMessages } from './messages.ts';

type House = OverdueHouses['nodes'][number];

/** The houses that were overdue on the day, the one due first on top, page by page as the graph gives them. */
export function Overdue({ houses }: { readonly houses: OverdueHouses }) {
  const m = useMessages(houseMessages);
  const format = useFormat();
  const [{ campaign, on, after }, set] = useParams(houseFilters);
  const ask = useReading(housesOf);
  const read = async (from: string | null) =>
    (await ask({ campaign, on, first: EXPORT_PAGE, after: from }))?.houseProjects;
  const columns = useColumns();
  const { nodes, pageInfo, totalCount } = houses;
  const title = m.overdue(format.day(on));
  return (
    <section>
      <h2>{title}</h2>
      {nodes.length === 0 ? (
        <p>{m.noneOverdue}</p>
      ) : (
        <>
          {totalCount !== null && <p>{m.shown(format.number(nodes.length), format.number(totalCount))}</p>}
          <Table
            id="overdue"
            caption={title}
            columns={columns}
            rows={nodes}
            rowKey={({ code }) => code}
            list={{ after, pageInfo, goAfter: (cursor) => set({ after: cursor }), read }}
          />
        </>
      )}
    </section>
  );
}

function useColumns(): Column<House>[] {
  const m = useMessages(houseMessages);
  const text = useText();
  const format = useFormat();
  const [{ on }] = useParams(houseFilters);
  return [
    { key: 'code', header: m.code, value: ({ code }) => code },
    { key: 'unit', header: m.unit, value: ({ unit }) => unit && text(unit.name) },
    { key: 'area', header: m.area, value: ({ area }) => area && text(area.name) },
    { key: 'status', header: m.status, value: ({ status }) => m.statuses[status] },
    {
      key: 'dueOn',
      header: m.dueOn,
      value: ({ dueOn }) => dueOn,
      draw: ({ dueOn }) => dueOn && format.day(dueOn),
    },
    { key: 'days', header: m.days, value: ({ dueOn }) => dueOn && daysBetween(dueOn, on) },
    { key: 'cost', header: m.cost, value: ({ cost }) => cost, draw: ({ cost }) => format.money(cost) },
  ];
}
