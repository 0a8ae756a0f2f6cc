import type { DateSpan } from '../../../schema/scalars/period.ts';
import type { ReadableCube } from '../../records/cube/cubes.ts';
import { askedFields } from '../../records/filter.ts';
import { driverOptions } from '../../records/page.ts';
import { type Book, headOf, type ListHead, openBook } from '../cube/households.ts';
import type { SupportActivityFilter } from '../types.generated.ts';
import { keyInBook, keyOfList } from './bookKeys.ts';
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
  !dimensions.includes('FUNDING') && askedFields(filter).every((field) => known.includes(field));

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
  return rowsOf(books, wantedBy(question, span), question);
}

/** A list that is asked for, and what of its row's keys does not depend on the unit. */
interface Wanted {
  readonly head: ListHead;
  readonly part: string;
}

/** Names repeat in thousands of books: each is read once. Null for a list that is not asked for. */
function wantedBy(question: Question, span: DateSpan | null): (name: string) => Wanted | null {
  const read = new Map<string, Wanted | null>();
  return (name) => {
    const known = read.get(name);
    if (known !== undefined) return known;
    const head = headOf(name);
    const wanted = isAsked(head, question, span) ? { head, part: keyOfList(head, question) } : null;
    read.set(name, wanted);
    return wanted;
  };
}

function rowsOf(
  books: readonly Book[],
  wantedOf: (name: string) => Wanted | null,
  question: Question,
): Numbered[] {
  const rows = new Map<string, Numbered>();
  for (const book of books) {
    const { names, sizes, numbers } = openBook(book);
    // Within one book rows differ by their lists alone; lists of one row that follow each other are taken as one.
    const inBook = new Map<string, Numbered>();
    let run: { readonly row: Numbered | null; readonly from: number } = { row: null, from: 0 };
    let next = 0;
    const begin = (row: Numbered | null) => {
      if (run.row && next > run.from) run.row.lists.push(numbers.subarray(run.from, next));
      run = { row, from: next };
    };
    for (const [index, name] of names.entries()) {
      const wanted = wantedOf(name);
      const row = wanted && (inBook.get(wanted.part) ?? rowOf(rows, keyInBook(book, wanted.head, question)));
      if (wanted && row) inBook.set(wanted.part, row);
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
