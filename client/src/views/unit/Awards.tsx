import type { UnitCardQuery } from '../../graph/operations.generated.ts';
import { useFormat } from '../../language/format.ts';
import { useText } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import type { Column } from '../../parts/table/columns.ts';
import { Table } from '../../parts/table/Table.tsx';
import { cardMessages } from './messages.ts';

type Award = NonNullable<NonNullable<UnitCardQuery['unit']>['awards']>['nodes'][number];

/** The latest awards of a unit itself and of people who served in it. */
export function Awards({ awards }: { readonly awards: readonly Award[] }) {
  const m = useMessages(cardMessages);
  const columns = useColumns();
  if (awards.length === 0) return <p>{m.noAward}</p>;
  return <Table id="awards" caption={m.latest} columns={columns} rows={awards} rowKey={JSON.stringify} />;
}

function useColumns(): Column<Award>[] {
  const m = useMessages(cardMessages);
  const text = useText();
  const format = useFormat();
  const day = (date: string | null | undefined) => date && format.day(date);
  return [
    { key: 'form', header: m.form, value: ({ form }) => text(form.name) },
    { key: 'status', header: m.status, value: ({ status }) => m.statuses[status] },
    { key: 'decision', header: m.decision, value: ({ decision }) => decision?.number ?? null },
    {
      key: 'decidedOn',
      header: m.decidedOn,
      value: ({ decision }) => decision?.date ?? null,
      draw: ({ decision }) => day(decision?.date),
    },
    {
      key: 'conferredOn',
      header: m.conferredOn,
      value: ({ conferredOn }) => conferredOn,
      draw: ({ conferredOn }) => day(conferredOn),
    },
  ];
}
