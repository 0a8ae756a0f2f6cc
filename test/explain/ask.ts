import type { FormattedExecutionResult } from 'graphql';
import type { ExplainedCommand, Explanation } from '../../server/explain.ts';
import type { TestGraph } from '../harness/graph.ts';
import type { Price } from '../harness/price.ts';

/** Asks an operation with its explanation. Throws when the answer has errors, or no explanation. */
export async function explained(
  graph: Pick<TestGraph, 'ask'>,
  query: string,
  variables?: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Explanation> {
  const answer = await graph.ask(query, variables, { ...headers, 'x-explain': '1' });
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return explanationOf(answer);
}

/** Gives the explanation of an answer. Throws when it has none. */
export function explanationOf({ extensions }: Pick<FormattedExecutionResult, 'extensions'>): Explanation {
  if (!extensions?.explain) throw new Error('The answer has no extensions.explain.');
  return extensions.explain as Explanation;
}

/** Every command of an explanation, fetch after fetch. */
export const commandsOf = ({ fetches }: Explanation): ExplainedCommand[] =>
  fetches.flatMap(({ commands }) => commands);

/** Fetches and MongoDB reads by subgraph, as test/harness/price.ts counts them from outside. */
export function priceOf({ fetches }: Explanation): Price {
  const count = (entries: readonly (readonly [string, number])[]): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const [name, number] of entries) counts[name] = (counts[name] ?? 0) + number;
    return counts;
  };
  return {
    fetches: count(fetches.map(({ subgraph }) => [subgraph, 1])),
    commands: count(
      fetches.flatMap(({ commands }) =>
        commands.map(({ collection, getMores }) => [collection?.split('_')[0] ?? '', 1 + getMores] as const),
      ),
    ),
  };
}
