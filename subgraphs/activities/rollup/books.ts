import type { DateSpan } from '../../../schema/scalars/period.ts';
import type { ReadableCube } from '../../records/cube/cubes.ts';
import { driverOptions } from '../../records/page.ts';
import { type Book, headOf, type ListHead } from '../cube/households.ts';
import type { SupportActivityFilter } from '../types.generated.ts';
import { keyInBook } from './bookKeys.ts';
import type { Question } from './question.ts';

/** Numbers of households that stand in one row; the same household may come again. */
export interface Numbered {
  /** The keys as `$group` gives them, and the unit. */
  readonly _id: Readonly<Record<string, string | null>>;
  readonly numbers: Float64Array;
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

/** Reads the books of the units that a question is about, by one command, and gives the households of each list. */
export async function readBooks(
  cube: ReadableCube,
  question: Question,
  span: DateSpan | null,
  signal: AbortSignal | undefined,
): Promise<Numbered[]> {
  const books = await cube.cells.collection
    .find<Book>(question.matchOfUnits, {
      projection: {
        derived: 1,
        unitId: 1,
        pathAtEvent: 1,
        levelAtEvent: 1,
        provinceAtEvent: 1,
        regionAtEvent: 1,
      },
      batchSize: ALL_BOOKS,
      ...driverOptions(signal),
    })
    .toArray();
  const heads = new Map<string, ListHead | null>();
  /** Null for a list that is not asked for. */
  const wanted = (name: string): ListHead | null => {
    const known = heads.get(name);
    if (known !== undefined) return known;
    const head = headOf(name);
    const asked = isAsked(head, question, span) ? head : null;
    heads.set(name, asked);
    return asked;
  };
  return books.flatMap((book) => listsOf(book, wanted, question));
}

function listsOf(book: Book, wanted: (name: string) => ListHead | null, question: Question): Numbered[] {
  const { lists, sizes, numbers } = book.derived;
  const all = doublesOf(numbers);
  const found: Numbered[] = [];
  let from = 0;
  lists.forEach((name, index) => {
    const end = from + (sizes[index] ?? 0);
    const head = wanted(name);
    if (head) found.push({ _id: keyInBook(book, head, question), numbers: all.subarray(from, end) });
    from = end;
  });
  return found;
}

/** Copied, because bytes from the wire begin anywhere, and doubles only at multiples of eight. */
const doublesOf = (numbers: Book['derived']['numbers']): Float64Array =>
  new Float64Array(new Uint8Array(numbers instanceof Uint8Array ? numbers : numbers.buffer).buffer);

const isAsked = ({ startsOn, kind }: ListHead, { filter }: Question, span: DateSpan | null): boolean =>
  (filter.kind == null || filter.kind.includes(kind)) &&
  (span === null || (span.from <= startsOn && startsOn < span.before));
