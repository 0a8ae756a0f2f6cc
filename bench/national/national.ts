import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { percentile, type Table } from '../table.ts';
import { openPlace, type Place, Programs, type Size, serve } from './places.ts';
import { isPaged, type Operation, operations, type Question, questionOf } from './questions.ts';
import { openReader, type Read } from './reading.ts';
import { readTable, seedTable, timeTable, variedTable } from './tables.ts';
import { isWrong, post, type Timed, timed } from './timing.ts';
import { varietyOf } from './variety.ts';

export interface NationalOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How often each operation is asked at each size. */
  readonly requests: number;
  /** Part of the names of the only operations to ask; all when left out. */
  readonly only: string | undefined;
  /** Where the databases are kept; a temporary directory when left out. */
  readonly directory: string | undefined;
  /** Databases that are seeded already. */
  readonly uris: Readonly<Record<Size, string | undefined>>;
}

type BySize<T> = Record<Size, T>;

/** Pages that an operation is asked for when its pages are what can vary. */
const PAGES = 20;
/** Requests whose commands and documents are counted; they tell the same every time. */
const COUNTED = 40;

/**
 * Measures every named operation at national volume against CI volume: how its time grows, what it asks of the
 * database and how many documents that looks at.
 */
export async function benchNational(options: NationalOptions): Promise<Table[]> {
  const kept = options.directory !== undefined;
  const directory = resolve(options.directory ?? (await mkdtemp(join(tmpdir(), 'bench-national-'))));
  await mkdir(directory, { recursive: true });
  const databases = new Programs(options.env, directory);
  const graphs = new Programs(options.env, directory);
  try {
    const open = async (size: Size): Promise<Place> => {
      const uri = options.uris[size];
      return uri ? { size, uri } : openPlace(databases, directory, size);
    };
    const places = { ci: await open('ci'), national: await open('national') };
    const urls = { ci: await serve(graphs, places.ci), national: await serve(graphs, places.national) };
    const asked = operations().filter(({ name }) => name.includes(options.only ?? ''));
    const questions = {
      ci: await questionsOf(urls.ci, asked),
      national: await questionsOf(urls.national, asked),
    };
    const times = await timesOf(questions, urls, options.requests);
    await graphs.stop();
    const counted = Math.min(COUNTED, options.requests);
    const reads = {
      ci: await readsOf(places.ci, questions.ci, counted),
      national: await readsOf(places.national, questions.national, counted),
    };
    return [
      seedTable(Object.values(places)),
      variedTable(questions.national),
      timeTable(times),
      readTable(questions.national, reads),
    ];
  } finally {
    await graphs.stop();
    await databases.stop();
    if (!kept) await rm(directory, { recursive: true, force: true });
  }
}

/** Gives every operation the variables that there are at one size. */
async function questionsOf(url: string, asked: readonly Operation[]): Promise<Question[]> {
  const ask = async (query: string, variables: object = {}) => {
    const { text } = await post(url, JSON.stringify({ query, variables }));
    if (isWrong(text))
      throw new Error(`The benchmark could not find out what there is: ${text.slice(0, 500)}`);
    return JSON.parse(text).data;
  };
  const variety = await varietyOf(ask);
  const questions: Question[] = [];
  for (const operation of asked) {
    const cursors: string[] = [];
    while (isPaged(operation) && cursors.length < PAGES) {
      const { query, documented } = operation;
      const page = await ask(query, { ...documented, after: cursors.at(-1) ?? null });
      const cursor = /"endCursor":"([^"]+)"/u.exec(JSON.stringify(page))?.[1];
      if (cursor === undefined || cursor === cursors.at(-1)) break;
      cursors.push(cursor);
    }
    questions.push(questionOf(operation, variety, cursors));
  }
  return questions;
}

async function timesOf(
  questions: BySize<Question[]>,
  urls: BySize<string>,
  requests: number,
): Promise<Timed[]> {
  const times: Timed[] = [];
  for (const [index, national] of questions.national.entries()) {
    const ci = questions.ci[index] ?? national;
    const result = await timed({ ci, national }, urls, requests);
    times.push(result);
    process.stderr.write(`${lineOf(result)}\n`);
  }
  return times;
}

/** What an operation took, told while the others are still being measured. */
const lineOf = ({ name, ms }: Timed): string =>
  `${name}: p95 ${percentile(ms.ci, 0.95).toFixed(0)} ms at ci, ${percentile(ms.national, 0.95).toFixed(0)} ms at national`;

/** What each question reads at one size, in a process that does nothing else. */
async function readsOf(
  { uri }: Place,
  questions: readonly Question[],
  requests: number,
): Promise<Map<string, Read[]>> {
  const reader = await openReader(uri);
  try {
    const reads = new Map<string, Read[]>();
    for (const question of questions) reads.set(question.name, await reader.read(question, requests));
    return reads;
  } finally {
    await reader.stop();
  }
}
