import { VarintReader, writeVarint } from './varints.ts';

/** What the households of one list, or of several of a day, have in common within their unit. */
export interface ListHead {
  readonly startsOn: string;
  readonly kind: string;
  readonly contentItemCode: string | null;
  readonly group: string | null;
}

/** Lists by the names of their heads: how often each household, by its number, stands in it. */
export type Lists = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** As the driver gives binary data, and as it takes it. */
export type Bytes = { readonly buffer: Uint8Array } | Uint8Array;

/**
 * The lists of one unit, in the order of their days. The books of a whole nation are read in one answer, which MongoDB
 * limits to 16 MB: so a code is written once, and a list is the days since the list before it, three codes by their lines (kind,
 * content item, group), how many bytes its households take, and of these the differences of their numbers, ascending.
 */
export interface Book {
  /** The codes of the lists, a line each; an empty one where there is none. */
  readonly codes: string;
  readonly lists: Bytes;
  /** How often each household stands in its list, in that order; empty where all stand once. */
  readonly times: Bytes;
}

const DAY_MS = 86_400_000;

export const headName = ({ startsOn, kind, contentItemCode, group }: ListHead): string =>
  [startsOn, kind, contentItemCode ?? '', group ?? ''].join('|');

const bytesOf = (bytes: Bytes): Uint8Array => (bytes instanceof Uint8Array ? bytes : bytes.buffer);

/** Writes lists as a book; the same lists are always the same book. */
export function packBook(lists: Lists): Book {
  const codes = new Map<string, number>();
  const bytes: number[] = [];
  const times: number[] = [];
  let dayBefore = 0;
  for (const [name, list] of Object.entries(lists).sort(([one], [other]) => (one < other ? -1 : 1))) {
    const [startsOn = '', ...parts] = name.split('|');
    const day = Date.parse(startsOn) / DAY_MS;
    writeVarint(bytes, day - dayBefore);
    dayBefore = day;
    for (const code of parts) {
      const line = codes.get(code) ?? codes.size;
      codes.set(code, line);
      writeVarint(bytes, line);
    }
    const numbers = Object.keys(list)
      .map(Number)
      .sort((one, other) => one - other);
    const differences: number[] = [];
    numbers.forEach((number, index) => {
      writeVarint(differences, number - (numbers[index - 1] ?? 0));
    });
    writeVarint(bytes, differences.length);
    for (const byte of differences) bytes.push(byte);
    for (const number of numbers) times.push(list[number] ?? 1);
  }
  return { codes: [...codes.keys()].join('\n'), lists: Uint8Array.from(bytes), times: packTimes(times) };
}

function packTimes(times: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  if (times.some((each) => each > 1)) for (const each of times) writeVarint(bytes, each);
  return Uint8Array.from(bytes);
}

/** Is told of a list: its day as days since 1970, its codes by their lines. Gives what takes its households; null passes over them. */
type OnList = (day: number, kind: number, contentItem: number, group: number) => number[] | null;

/** Reads a book's lists, and adds the numbers of each one's households to what `onList` gives. */
export function readBook(book: Pick<Book, 'lists'>, onList: OnList): void {
  const reader = new VarintReader(bytesOf(book.lists));
  let day = 0;
  while (!reader.isAtEnd) {
    day += reader.next();
    const numbers = onList(day, reader.next(), reader.next(), reader.next());
    const bytes = reader.next();
    if (!numbers) {
      reader.skip(bytes);
      continue;
    }
    let number = 0;
    for (const end = reader.at + bytes; reader.at < end; ) {
      number += reader.next();
      numbers.push(number);
    }
  }
}

/** The codes of a book by their lines; null where there is none. */
export const codesIn = ({ codes }: Pick<Book, 'codes'>): (string | null)[] =>
  codes.split('\n').map((code) => code || null);

/** The day so many days after the first of 1970. */
export const dayAt = (days: number): string => new Date(days * DAY_MS).toISOString().slice(0, 10);

/** Gives back the lists that a book was written of. */
export function unpackBook(book: Book): Lists {
  const codes = codesIn(book);
  const lists = new Map<string, number[]>();
  readBook(book, (day, kind, contentItem, group) => {
    const head = { kind: codes[kind] ?? '', contentItemCode: codes[contentItem] ?? null };
    const numbers: number[] = [];
    lists.set(headName({ ...head, startsOn: dayAt(day), group: codes[group] ?? null }), numbers);
    return numbers;
  });
  const times = new VarintReader(bytesOf(book.times));
  return Object.fromEntries(
    [...lists].map(([name, numbers]) => [
      name,
      Object.fromEntries(numbers.map((number) => [number, times.next() || 1])),
    ]),
  );
}
