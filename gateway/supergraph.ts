import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { resolve } from 'node:path';
import { type DocumentNode, Kind, parse, type StringValueNode } from 'graphql';
import { StartError } from '../server/startError.ts';

interface SubgraphPlace {
  readonly name: string;
  readonly url: string;
}

export interface Supergraph {
  readonly file: string;
  readonly sdl: string;
  readonly subgraphs: readonly SubgraphPlace[];
}

const POLL_MS = 1_000;

/** A supergraph file that cannot be used; says which file, why, and what to do. */
export const supergraphError = (file: string, cause: unknown): StartError =>
  new StartError(
    `SUPERGRAPH: ${file} cannot be used: ${(cause as Error).message}\nMake it again with npm run compose, or name another file in SUPERGRAPH.`,
    { cause },
  );

/**
 * Reads a supergraph file and the list of its subgraphs; the gateway reads the rest.
 * @throws StartError when there is no such file, or it is no supergraph.
 */
export function readSupergraph(path: string): Supergraph {
  const file = resolve(path);
  try {
    const sdl = readFileSync(file, 'utf8');
    const subgraphs = subgraphsOf(parse(sdl, { noLocation: true }));
    if (subgraphs.length === 0) throw new Error('it names no subgraph (no enum join__Graph)');
    return { file, sdl, subgraphs };
  } catch (error) {
    throw supergraphError(file, error);
  }
}

/** Calls back with each new content of the file, and with what makes a content unusable; gives the way to stop. */
export function watchSupergraph(
  path: string,
  onChange: (supergraph: Supergraph) => void,
  onBad: (error: unknown) => void,
  pollMs = POLL_MS,
): () => void {
  const file = resolve(path);
  // Polled, because a file that is replaced by a rename, or mounted into a container, gives no reliable event.
  const changed = () => {
    try {
      onChange(readSupergraph(file));
    } catch (error) {
      onBad(error);
    }
  };
  watchFile(file, { interval: pollMs, persistent: false }, changed);
  return () => unwatchFile(file, changed);
}

/** The enum join__Graph lists each subgraph as `@join__graph(name:, url:)` (the join spec, v0.3 and later). */
function subgraphsOf(document: DocumentNode): SubgraphPlace[] {
  const graphs = document.definitions.find(
    (node) => node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value === 'join__Graph',
  );
  if (graphs?.kind !== Kind.ENUM_TYPE_DEFINITION) return [];
  return (graphs.values ?? []).map(({ name, directives }) => {
    const given = directives?.find((directive) => directive.name.value === 'join__graph')?.arguments ?? [];
    const text = (argument: string) =>
      (given.find((node) => node.name.value === argument)?.value as StringValueNode | undefined)?.value;
    return { name: text('name') ?? name.value, url: text('url') ?? '' };
  });
}
