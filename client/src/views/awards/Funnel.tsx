import type { DossierState } from '../../graph/operations.generated.ts';
import { useFormat } from '../../language/format.ts';
import { useText } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import { Bars } from '../../parts/Bars.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { Table } from '../../parts/table/Table.tsx';
import type { FunnelRows } from './Awards.tsx';
import { awardMessages } from './messages.ts';

type FunnelRow = FunnelRows[number];

const countOf = (rows: FunnelRows): number => rows.reduce((sum, { count }) => sum + count, 0);

/** The dossiers by state, and by form and state with the days they took. */
export function Funnel({ rows }: { readonly rows: FunnelRows }) {
  const m = useMessages(awardMessages);
  const format = useFormat();
  const columns = useColumns();
  const bars = (Object.keys(m.states) as DossierState[]).map((state) => ({
    key: state,
    name: m.states[state],
    value: countOf(rows.filter((row) => row.state === state)),
  }));
  return (
    <section>
      <h2>{m.funnel}</h2>
      <p>{m.dossiers(format.number(countOf(rows)))}</p>
      <Bars label={m.funnel} bars={bars} />
      <Table
        id="funnel"
        caption={m.byForm}
        columns={columns}
        rows={rows}
        rowKey={({ form, state }) => `${form.code} ${state}`}
        pageSize={10}
      />
    </section>
  );
}

function useColumns(): Column<FunnelRow>[] {
  const m = useMessages(awardMessages);
  const text = useText();
  return [
    { key: 'form', header: m.form, value: ({ form }) => text(form.name) },
    { key: 'state', header: m.state, value: ({ state }) => m.states[state] },
    { key: 'count', header: m.count, value: ({ count }) => count },
    { key: 'days', header: m.medianDays, value: ({ medianDays }) => medianDays },
  ];
}
