import { useFormat } from '../../language/format.ts';
import { useMessages } from '../../language/messages.ts';
import { usePrinting } from '../../theme/printing.ts';
import { Empty } from '../Empty.tsx';
import { Suppressed } from '../Figure.tsx';
import { partMessages } from '../messages.ts';
import { SUPPRESSED } from '../suppressed.ts';
import type { Column } from './columns.ts';
import { csvOf, download } from './csv.ts';
import { ExportAll } from './ExportAll.tsx';
import type { ReadPage } from './everyRow.ts';
import { Header } from './Header.tsx';
import { CursorPages, type CursorPagesProps, Pages } from './Pages.tsx';
import { sortRows } from './sorting.ts';
import { useTablePlace } from './useTablePlace.ts';

/** A list that the graph gives page by page. */
export interface CursorList<Row> extends CursorPagesProps {
  readonly read: ReadPage<Row>;
}

interface TableProps<Row> {
  /** Its name in the address, where its sort and its page stand, and that of the file it is exported to. */
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** The sort while the person has chosen none, as in an address; as the rows come when left out. */
  readonly sort?: string;
  /** Rows on one page. */
  readonly pageSize?: number;
  /** Where the rows are one page of a list of the graph: how to turn it, and to read all of it for the file. */
  readonly list?: CursorList<Row>;
}

/** Rows that can be sorted, paged and exported. What the person chose stands in the address. */
export function Table<Row>(props: TableProps<Row>) {
  const { id, caption, columns, rows, rowKey, sort = '', pageSize = 20, list } = props;
  const m = useMessages(partMessages);
  const { compare } = useFormat();
  const place = useTablePlace(id, sort);
  const printing = usePrinting();
  const inOrder = (all: readonly Row[]) => sortRows(all, columns, place.sorting, compare);
  const save = (all: readonly Row[]) => download(`${id}.csv`, csvOf(columns, all));
  if (rows.length === 0) return list?.after ? <CursorPages {...list} /> : <Empty />;
  const sorted = inOrder(rows);
  // A page of the graph is shown whole where there are others: two ways to turn pages would be one too many. Paper has none.
  const isPart = list && (list.after !== null || list.pageInfo.hasNextPage);
  const size = isPart || printing ? rows.length : pageSize;
  const pages = Math.ceil(sorted.length / size);
  const page = Math.min(place.page, pages);
  return (
    <div className="table">
      <section className="scroll" aria-label={caption}>
        <table>
          <caption>
            <span>{caption}</span>
          </caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <Header
                  key={column.key}
                  column={column}
                  sorting={place.sorting}
                  sortBy={place.sortBy}
                  numeric={rows.some((row) => typeof column.value(row) === 'number')}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.slice((page - 1) * size, page * size).map((row) => (
              <tr key={rowKey(row)}>
                {columns.map((column) => (
                  <Cell key={column.key} column={column} row={row} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div className="tools">
        {pages > 1 && <Pages page={page} pages={pages} goTo={place.goToPage} />}
        {list && <CursorPages {...list} />}
        {list ? (
          <ExportAll read={list.read} save={(all) => save(inOrder(all))} />
        ) : (
          <button type="button" onClick={() => save(sorted)}>
            {m.exportCsv}
          </button>
        )}
      </div>
    </div>
  );
}

function Cell<Row>({ column, row }: { readonly column: Column<Row>; readonly row: Row }) {
  const format = useFormat();
  const value = column.value(row);
  if (value === SUPPRESSED)
    return (
      <td className="number">
        <Suppressed />
      </td>
    );
  const drawn = column.draw?.(row) ?? (typeof value === 'number' ? format.number(value) : value);
  return <td className={typeof value === 'number' ? 'number' : undefined}>{drawn}</td>;
}
