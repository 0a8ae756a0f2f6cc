import { type Format, useFormat } from '../../language/format.ts';
import { useText } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import type { CellValue, Column } from '../../parts/table/columns.ts';
import { Table } from '../../parts/table/Table.tsx';
import { useParams } from '../../url/useParams.ts';
import { type Metric, metrics, supportFilters } from './filters.ts';
import { supportMessages } from './messages.ts';
import { codeOf, measured, type ProvinceRow } from './provinces.ts';
import { writeWith } from './write.ts';

interface ProvinceTableProps {
  readonly rows: readonly ProvinceRow[];
  readonly caption: string;
}

/** The same numbers as on the map, of all measures; and of the chosen one what it was before. */
export function ProvinceTable({ rows, caption }: ProvinceTableProps) {
  const m = useMessages(supportMessages);
  const text = useText();
  const format = useFormat();
  const [{ metric: chosen, compareWith }] = useParams(supportFilters);
  const columns: Column<ProvinceRow>[] = [
    {
      key: 'province',
      header: m.province,
      value: ({ keys: [key] }) => {
        const name = key?.unit?.name ?? key?.label;
        return name ? text(name) : (key?.code ?? null);
      },
    },
    ...metrics.map((metric) => ({
      key: metric,
      header: m.metrics[metric],
      ...numberOf(format, metric, (row) => measured(row.values, metric, false).value),
    })),
  ];
  const compared: Column<ProvinceRow>[] = [
    {
      key: 'previous',
      header: m.previously(m.metrics[chosen]),
      ...numberOf(format, chosen, (row) => measured(row.values, chosen, true).previous),
    },
    { key: 'change', header: m.change, ...changeOf(format, chosen) },
  ];
  return (
    <Table
      id="provinces"
      caption={caption}
      columns={compareWith ? [...columns, ...compared] : columns}
      rows={rows}
      rowKey={codeOf}
    />
  );
}

type Drawn = Pick<Column<ProvinceRow>, 'value' | 'draw'>;

function numberOf(format: Format, metric: Metric, value: (row: ProvinceRow) => CellValue): Drawn {
  const write = writeWith(format, metric);
  const draw = (row: ProvinceRow) => {
    const number = value(row);
    return typeof number === 'number' ? write(number) : null;
  };
  return { value, draw };
}

function changeOf(format: Format, metric: Metric): Drawn {
  const value = (row: ProvinceRow) => measured(row.values, metric, true).change;
  const draw = (row: ProvinceRow) => {
    const change = value(row);
    return change === null ? null : format.change(change);
  };
  return { value, draw };
}
