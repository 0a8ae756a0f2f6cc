import { type Size, sizes } from './places.ts';
import type { Question } from './questions.ts';
import { rowsOf } from './rows.ts';

/** The milliseconds of every request of one question at both sizes, and how many gave errors. */
export interface Timed {
  readonly name: string;
  readonly goal: Question['goal'];
  readonly ms: Readonly<Record<Size, readonly number[]>>;
  /** The most rows that one answer held. */
  readonly rows: Readonly<Record<Size, number>>;
  readonly errors: number;
}

export interface Post {
  readonly text: string;
  readonly ms: number;
}

/** Requests before those that count: as one to this many. */
const PER_WARM_UP = 10;
/** What takes seconds need not be asked as often as what takes milliseconds to be known as well. */
const MOST_MS = 60_000;

/**
 * Asks a question at both sizes in turns, so that what else the machine does meets both alike, and who is first
 * alternates.
 */
export async function timed(
  questions: Readonly<Record<Size, Question>>,
  urls: Readonly<Record<Size, string>>,
  requests: number,
): Promise<Timed> {
  const ms: Record<Size, number[]> = { ci: [], national: [] };
  const rows: Record<Size, number> = { ci: 0, national: 0 };
  let errors = 0;
  const bodies = { ci: bodiesOf(questions.ci), national: bodiesOf(questions.national) };
  const begun = performance.now();
  for (let turn = -Math.ceil(requests / PER_WARM_UP); turn < requests; turn += 1) {
    if (turn > 0 && performance.now() - begun > MOST_MS) break;
    for (const size of turn % 2 === 0 ? sizes : sizes.toReversed()) {
      const list = bodies[size];
      const answer = await post(urls[size], list[Math.max(0, turn) % list.length] ?? '');
      if (turn < 0) continue;
      ms[size].push(answer.ms);
      if (isWrong(answer.text)) errors += 1;
      else rows[size] = Math.max(rows[size], rowsOf(JSON.parse(answer.text).data));
    }
  }
  const { name, goal } = questions.national;
  return { name, goal, ms, rows, errors };
}

const bodiesOf = ({ query, variables }: Question): string[] =>
  variables.map((each) => JSON.stringify({ query, variables: each }));

/** Asks once, and says how long it took from the first byte sent to the last one read. */
export async function post(
  url: string,
  body: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Post> {
  const begun = performance.now();
  const headers = { 'content-type': 'application/json', ...more };
  const text = await (await fetch(url, { method: 'POST', headers, body })).text();
  return { text, ms: performance.now() - begun };
}

/** `errors` stands before `data` in an answer that has any. */
export const isWrong = (text: string): boolean => text.startsWith('{"errors"') || !text.startsWith('{');
