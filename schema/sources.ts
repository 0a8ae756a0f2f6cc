import { readFileSync } from 'node:fs';

/**
 * The SDL that composition and code generation start from. The four names stand here once more, in the order of
 * their ports, because this desk imports no runtime code; a test holds the list equal to the registry.
 */
export const sources = ['units', 'campaigns', 'activities', 'awards'] as const;

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

export interface Source {
  readonly name: string;
  readonly url: string;
  /** The shared value types and the subgraph's own types, as the subgraph itself executes them. */
  readonly sdl: string;
}

/** Reads the SDL of all subgraphs; the committed supergraph routes to their development ports. */
export const readSources = (): Source[] =>
  sources.map((name, index) => ({
    name,
    url: `http://127.0.0.1:${4001 + index}/graphql`,
    sdl: `${read('./directives.graphql')}\n${read(`../subgraphs/${name}/schema.graphql`)}`,
  }));
