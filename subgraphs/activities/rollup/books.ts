import type { DateSpan } from '../../../schema/scalars/period.ts';
import type { ReadableCube } from '../../records/cube/cubes.ts';
import { askedFields } from '../../records/filter.ts';
import { driverOptions } from '../../records/read.ts';
import { codesIn, dayAt, type ListHead, readBook } from '../cube/book.ts';
import type { HouseholdBook } from '../cube/households.ts';
import type { SupportActivityFilter } from '../types.generated.ts';
import { keyInBook, keyOfList, placeOfBook } from './bookKeys.ts';
import type { Question } from './question.ts';

/** The households of all lists that stand in one row, by their numbers; the same one may stand in several. */
export interface Numbered {
  /** The keys as `$group` gives them, and the unit. */
  readonly _id: Readonly<Record<string, string | null>>;
  readonly numbers: number[];
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
    .find<HouseholdBook>(question.matchOfUnits, {
      projection: { _id: 0, campaignCode: 0, rows: 0, times: 0 },
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

/** Gives for the codes of a book what of its lists is asked for: the day and the lines of the codes say which list. */
type WantedIn = (
  codes: readonly (string | null)[],
) => (day: number, kind: number, contentItem: number, group: number) => Wanted | null;

/** More than there are codes: three of them make one number below 2^53. */
const MOST_CODES = 2 ** 17;

/** The same days and codes stand in thousands of books: each head is looked at once. */
function wantedBy(question: Question, span: DateSpan | null): WantedIn {
  const looked = new Map<number, Map<number, Wanted | null>>();
  const placeOf = numbering();
  const look = (head: ListHead): Wanted | null =>
    isAsked(head, question, span) ? { head, part: keyOfList(head, question) } : null;
  return (codes) => {
    const places = codes.map(placeOf);
    const place = (line: number): number => places[line] ?? 0;
    return (day, kind, contentItem, group) => {
      const name = (place(kind) * MOST_CODES + place(contentItem)) * MOST_CODES + place(group);
      const days = looked.get(name) ?? new Map<number, Wanted | null>();
      looked.set(name, days);
      const known = days.get(day);
      if (known !== undefined) return known;
      const wanted = look({
        startsOn: dayAt(day),
        kind: codes[kind] ?? '',
        contentItemCode: codes[contentItem] ?? null,
        group: codes[group] ?? null,
      });
      days.set(day, wanted);
      return wanted;
    };
  };
}

/** Numbers values in the order in which they are first seen. */
function numbering(): (value: string | null) => number {
  const seen = new Map<string | null, number>();
  return (value) => {
    const number = seen.get(value) ?? seen.size;
    seen.set(value, number);
    return number;
  };
}

function rowsOf(books: readonly HouseholdBook[], wantedIn: WantedIn, question: Question): Numbered[] {
  const rows: Numbered[] = [];
  const places = new Map<string, Map<string, number[]>>();
  for (const book of books) {
    const wantedOf = wantedIn(codesIn(book));
    const place = placeOfBook(book, question);
    // Rows of one place differ by their lists alone.
    const parts = places.get(place) ?? new Map<string, number[]>();
    places.set(place, parts);
    readBook(book, (day, kind, contentItem, group) => {
      const wanted = wantedOf(day, kind, contentItem, group);
      if (!wanted) return null;
      const known = parts.get(wanted.part);
      if (known) return known;
      const row = { _id: keyInBook(book, wanted.head, question), numbers: [] };
      rows.push(row);
      parts.set(wanted.part, row.numbers);
      return row.numbers;
    });
  }
  return rows;
}

const isAsked = ({ startsOn, kind }: ListHead, { filter }: Question, span: DateSpan | null): boolean =>
  (filter.kind == null || filter.kind.includes(kind)) &&
  (span === null || (span.from <= startsOn && startsOn < span.before));
