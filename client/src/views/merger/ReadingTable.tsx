import type { ReadingFragment } from '../../graph/operations.generated.ts';
import { useFormat } from '../../language/format.ts';
import { useText } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import type { Column } from '../../parts/table/columns.ts';
import { Table } from '../../parts/table/Table.tsx';
import { Link } from '../../url/Link.tsx';
import { useParams } from '../../url/useParams.ts';
import { mergerMessages } from './messages.ts';
import { mergerParams } from './place.ts';
import { metricOf, type ReadingRow } from './reading.ts';

interface ReadingTableProps {
  readonly id: string;
  readonly name: string;
  readonly reading: ReadingFragment;
}

/** One reading, unit by unit; each unit leads to the units before and after it. */
export function ReadingTable({ id, name, reading }: ReadingTableProps) {
  const columns = useColumns();
  return (
    <Table
      id={id}
      caption={name}
      columns={columns}
      rows={reading.rows}
      rowKey={codeOf}
      sort="-amount"
      pageSize={15}
    />
  );
}

const codeOf = ({ keys: [key] }: ReadingRow): string => key?.code ?? '';

function useColumns(): Column<ReadingRow>[] {
  const m = useMessages(mergerMessages);
  const text = useText();
  const format = useFormat();
  const [{ under, asOf }] = useParams(mergerParams);
  // A unit that cannot be read is called by its code.
  const nameOf = (row: ReadingRow): string => {
    const unit = row.keys[0]?.unit;
    return unit ? text(unit.name) : codeOf(row);
  };
  return [
    {
      key: 'unit',
      header: m.unit,
      value: nameOf,
      draw: (row) => (
        <Link to="merger" values={{ code: codeOf(row), under, ...(asOf && { asOf }) }}>
          {nameOf(row)}
        </Link>
      ),
    },
    { key: 'activities', header: m.activities, value: ({ values }) => metricOf(values, 'ACTIVITIES') },
    {
      key: 'amount',
      header: m.amount,
      value: ({ values }) => metricOf(values, 'AMOUNT'),
      draw: ({ values }) => {
        const amount = metricOf(values, 'AMOUNT');
        return typeof amount === 'number' ? format.money(amount) : null;
      },
    },
  ];
}
