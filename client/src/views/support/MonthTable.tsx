import { useFormat } from '../../language/format.ts';
import { useText } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import type { CellValue, Column } from '../../parts/table/columns.ts';
import { Table } from '../../parts/table/Table.tsx';
import { useParams } from '../../url/useParams.ts';
import { supportFilters } from './filters.ts';
import { supportMessages } from './messages.ts';
import { type Months, sumOf } from './months.ts';
import { writeWith } from './write.ts';

/** The numbers of the plot: a row for each month, a column for each kind. */
export function MonthTable({ months, kinds, caption }: Months & { readonly caption: string }) {
  const m = useMessages(supportMessages);
  const text = useText();
  const format = useFormat();
  const [{ metric }] = useParams(supportFilters);
  const write = writeWith(format, metric);
  const column = (key: string, header: string, value: (month: string) => CellValue): Column<string> => ({
    key,
    header,
    value,
    draw: (month) => {
      const number = value(month);
      return typeof number === 'number' ? write(number) : null;
    },
  });
  const columns: Column<string>[] = [
    { key: 'month', header: m.month, value: (month) => month, draw: format.month },
    column('all', m.all, (month) => sumOf(kinds, month)),
    ...kinds.map(({ code, label, byMonth }) =>
      column(code, text(label), (month) => byMonth.get(month) ?? null),
    ),
  ];
  return <Table id="months" caption={caption} columns={columns} rows={months} rowKey={(month) => month} />;
}
