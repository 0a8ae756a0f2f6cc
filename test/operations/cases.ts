import { readdirSync, readFileSync } from 'node:fs';
import type { Price } from '../harness/price.ts';

const directory = 'schema/operations';

/** How a named operation is asked on the test seed, and what it costs: fetches and MongoDB commands by subgraph. */
export interface Case extends Price {
  /** The demo viewer who asks; the ministry's dashboard when left out. */
  readonly viewer?: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Every operation file, by its name without ending. */
export const names: readonly string[] = readdirSync(directory)
  .filter((file) => file.endsWith('.graphql'))
  .map((file) => file.replace('.graphql', ''));

/** Gives the text of an operation. */
export const read = (name: string): string => readFileSync(`${directory}/${name}.graphql`, 'utf8');

/** The cases by the operation's name. */
export const cases: Readonly<Record<string, Case>> = JSON.parse(
  readFileSync('test/operations/prices.json', 'utf8'),
);

/** Gives the case of an operation. Throws for an operation without one. */
export function caseOf(name: string): Case {
  const found = cases[name];
  if (!found) throw new Error(`The operation ${name} has no case in prices.json.`);
  return found;
}

/** Gives the header by which the viewer of a case asks. */
export const headersOf = ({ viewer }: Case): Record<string, string> =>
  viewer ? { 'x-demo-viewer': viewer } : {};
