import { isDeepStrictEqual } from 'node:util';
import type { Question } from '../graph.ts';
import type { Target } from '../measure.ts';

/** What is asked, and what it is called when it differs. */
type Named = Target & { readonly name: string };

const AT_ONCE = 4;
/** The clock of the answer, not its data. */
const instants = new Set(['computedAt', 'lagSeconds']);

/**
 * Asks every body of every question of all contenders, so that each has planned and read all of it before anything is
 * measured.
 * @throws when one answers with errors, or with other data than the first; order within objects does not count.
 */
export async function assertEqual(
  contenders: readonly Named[],
  questions: readonly Question[],
): Promise<void> {
  for (const { name, bodies } of questions) {
    for (let from = 0; from < bodies.length; from += AT_ONCE) {
      await Promise.all(
        bodies.slice(from, from + AT_ONCE).map(async (body) => {
          const [first, ...others] = await Promise.all(
            contenders.map((contender) => dataOf(contender, body)),
          );
          for (const [index, data] of others.entries())
            if (!isDeepStrictEqual(data, first))
              throw new Error(different(name, body, contenders[0], contenders[index + 1], first, data));
        }),
      );
    }
  }
}

async function dataOf({ name, url, headers }: Named, body: string): Promise<unknown> {
  const all = { 'content-type': 'application/json', ...headers };
  const response = await fetch(url, { method: 'POST', headers: all, body });
  const text = await response.text();
  const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: unknown };
  if (response.status !== 200 || errors || !data)
    throw new Error(`${name} answered ${response.status} to ${body}: ${text.slice(0, 1_000)}`);
  return withoutInstants(data);
}

function withoutInstants(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutInstants);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !instants.has(name))
      .map(([name, field]) => [name, withoutInstants(field)]),
  );
}

const different = (
  question: string,
  body: string,
  first: Named | undefined,
  other: Named | undefined,
  expected: unknown,
  found: unknown,
): string =>
  `${other?.name} and ${first?.name} answer ${question} with different data.\n${body}\n${first?.name}: ${JSON.stringify(expected).slice(0, 2_000)}\n${other?.name}: ${JSON.stringify(found).slice(0, 2_000)}`;
