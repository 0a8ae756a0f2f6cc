import type { DateSpan } from '../../../schema/scalars/period.ts';
import type { ReadableCube } from '../../records/cube/cubes.ts';
import { driverOptions } from '../../records/page.ts';
import { type Book, headOf, type ListHead, openBook } from '../cube/households.ts';
import type { SupportActivityFilter } from '../types.generated.ts';
import { keyInBook } from './bookKeys.ts';
import type { Question } from './question.ts';

/** All lists of households that stand in one row; the same household may stand in several. */
export interface Numbered {
  /** The keys as `$group` gives them, and the unit. */
  readonly _id: Readonly<Record<string, string | null>>;
  readonly lists: Float64Array[];
}

const known: readonly (keyof SupportActivityFilter)[] = [
  'campaign',
  'unit',
  'under',
  'hierarchy',
  'provinceCode',
  'level',
  'kind',
];

/** Whether the books know what a question asks of households: not the sources of the money, nor texts, nor amounts. */
export const booksKnow = ({ filter, dimensions }: Question): boolean =>
  !dimensions.includes('FUNDING') &&
  (Object.keys(filter) as (keyof SupportActivityFilter)[]).every(
    (field) => filter[field] == null || known.includes(field),
  );

/** More than there are units: one batch holds all books. */
const ALL_BOOKS = 100_000;

/** Reads the books of the units that a question is about, by one command, and gives the households of each row. */
export async function readBooks(
  cube: ReadableCube,
  question: Question,
  span: DateSpan | null,
  signal: AbortSignal | undefined,
): Promise<Numbered[]> {
  const books = await cube.cells.collection
    .find<Book>(question.matchOfUnits, {
      projection: { campaignCode: 0, rows: 0, times: 0 },
      batchSize: ALL_BOOKS,
      ...driverOptions(signal),
    })
    .toArray();
  return rowsOf(books, headsOf(question, span), question);
}

/** Names repeat in thousands of books: each is read once. Null for a list that is not asked for. */
function headsOf(question: Question, span: DateSpan | null): (name: string) => ListHead | null {
  const heads = new Map<string, ListHead | null>();
  return (name) => {
    const known = heads.get(name);
    if (known !== undefined) return known;
    const head = headOf(name);
    const asked = isAsked(head, question, span) ? head : null;
    heads.set(name, asked);
    return asked;
  };
}

function rowsOf(
  books: readonly Book[],
  wanted: (name: string) => ListHead | null,
  question: Question,
): Numbered[] {
  const rows = new Map<string, Numbered>();
  for (const book of books) {
    const { names, sizes, numbers } = openBook(book);
    // Within one book rows differ by the heads of the lists alone; lists of one row that follow each other are taken as one.
    const inBook = new Map<ListHead, Numbered>();
    let run: { readonly row: Numbered | null; readonly from: number } = { row: null, from: 0 };
    let next = 0;
    const begin = (row: Numbered | null) => {
      if (run.row && next > run.from) run.row.lists.push(numbers.subarray(run.from, next));
      run = { row, from: next };
    };
    for (const [index, name] of names.entries()) {
      const head = wanted(name);
      const row = head && (inBook.get(head) ?? rowOf(rows, keyInBook(book, head, question)));
      if (head && row) inBook.set(head, row);
      if (row !== run.row) begin(row);
      next += sizes[index] ?? 0;
    }
    begin(null);
  }
  return [...rows.values()];
}

function rowOf(rows: Map<string, Numbered>, id: Numbered['_id']): Numbered {
  const name = Object.values(id).join('|');
  const row = rows.get(name) ?? { _id: id, lists: [] };
  rows.set(name, row);
  return row;
}

const isAsked = ({ startsOn, kind }: ListHead, { filter }: Question, span: DateSpan | null): boolean =>
  (filter.kind == null || filter.kind.includes(kind)) &&
  (span === null || (span.from <= startsOn && startsOn < span.before));
