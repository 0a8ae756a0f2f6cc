import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Example } from './explorer/explorer.ts';

/** Reads the named operations of a directory, in the order of their names: x.graphql, and its variables in x.json. */
export function readExamples(directory: URL): Example[] {
  if (!existsSync(directory)) return [];
  const names = readdirSync(directory).filter((name) => name.endsWith('.graphql'));
  return names.sort().map((name) => {
    const variables = new URL(name.replace(/\.graphql$/u, '.json'), directory);
    return {
      query: readFileSync(new URL(name, directory), 'utf8'),
      variables: existsSync(variables) ? readFileSync(variables, 'utf8') : null,
    };
  });
}
