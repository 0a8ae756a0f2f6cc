import type { Explanation } from './explanation.ts';

let wanted = false;
let latest: Explanation | null = null;
const listeners = new Set<() => void>();

function changed(): void {
  for (const listener of listeners) listener();
}

/** What the panel shows: React reads it by `useSyncExternalStore`. */
export const explanations = {
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  latest: (): Explanation | null => latest,
  isWanted: (): boolean => wanted,
  want: (yes: boolean): void => {
    wanted = yes;
    changed();
  },
};

interface Answer {
  readonly data?: unknown;
  readonly extensions?: { readonly explain?: Explanation };
}

/**
 * Asks the graph, with the explanation when that is switched on. It is kept for the panel and taken out of the answer, so
 * that the answer shown is the operation's own.
 */
export async function askExplaining(question: object, headers: Readonly<Record<string, string>>) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      ...headers,
      ...(wanted ? { 'x-explain': '1' } : {}),
    },
    body: JSON.stringify(question),
  });
  const { extensions, ...answer } = (await response.json()) as Answer;
  const { explain, ...others } = extensions ?? {};
  // The schema is asked for by the explorer itself, and takes no fetch.
  if (explain && explain.fetches.length > 0) {
    latest = explain;
    changed();
  }
  return Object.keys(others).length > 0 ? { ...answer, extensions: others } : answer;
}
