import { useMessages } from '../../language/messages.ts';
import { partMessages } from '../messages.ts';
import type { Column } from './columns.ts';
import type { Sorting } from './sorting.ts';

interface HeaderProps<Row> {
  readonly column: Column<Row>;
  readonly sorting: Sorting;
  readonly sortBy: (key: string) => void;
  /** Whether numbers stand below it. */
  readonly numeric: boolean;
}

/** The head of a column, which sorts by it; says to a screen reader how it is sorted. */
export function Header<Row>({ column, sorting, sortBy, numeric }: HeaderProps<Row>) {
  const m = useMessages(partMessages);
  const order = sorting.key !== column.key ? undefined : sorting.descending ? 'descending' : 'ascending';
  return (
    <th scope="col" aria-sort={order} className={numeric ? 'number' : undefined}>
      <button type="button" title={m.sortBy(column.header)} onClick={() => sortBy(column.key)}>
        {column.header}
        <span aria-hidden="true">{order ? (order === 'ascending' ? ' ▲' : ' ▼') : ''}</span>
      </button>
    </th>
  );
}
