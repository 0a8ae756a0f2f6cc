import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DocumentNode, Kind, parse, print, type StringValueNode, visit } from 'graphql';
import type { AccessRules } from '../server/access/rules.ts';
import type { Config } from '../server/config.ts';
import { StartError } from '../server/startError.ts';
import { watchFiles } from '../server/watchFiles.ts';
import { readAccess, readContracts } from './access/files.ts';
import { type Weights, weightsOf } from './limits/weights.ts';

interface SubgraphPlace {
  readonly name: string;
  readonly url: string;
}

export interface Supergraph {
  readonly file: string;
  readonly sdl: string;
  readonly subgraphs: readonly SubgraphPlace[];
  /** The names of fields whose every reading is recorded (`@tag(name: "recorded")`). */
  readonly recorded: ReadonlySet<string>;
  /** Who may select what; none when there is no file of rules beside the supergraph. */
  readonly access: AccessRules;
  /** The SDL of each contract, by tag. */
  readonly contracts: ReadonlyMap<string, string>;
  /** What its fields cost. */
  readonly weights: Weights;
}

/** A supergraph file that cannot be used; says which file, why, and what to do. */
export const supergraphError = (file: string, cause: unknown): StartError =>
  new StartError(
    `SUPERGRAPH: ${file} cannot be used: ${(cause as Error).message}\nMake it again with npm run compose, or name another file in SUPERGRAPH.`,
    { cause },
  );

/**
 * Reads a supergraph file and what stands beside it: the list of its subgraphs, its rules of access (`access.json`, or
 * another file), its contracts (`contracts/<tag>.graphql`).
 * @throws StartError when there is no such file, it is no supergraph, or what stands beside it cannot be used.
 */
export function readSupergraph(path: string, access?: string): Supergraph {
  const file = resolve(path);
  try {
    const sdl = readFileSync(file, 'utf8');
    const document = parse(sdl, { noLocation: true });
    const subgraphs = subgraphsOf(document);
    if (subgraphs.length === 0) throw new Error('it names no subgraph (no enum join__Graph)');
    const contracts = readContracts(join(dirname(file), 'contracts'));
    return {
      file,
      sdl,
      subgraphs,
      recorded: recordedOf(document),
      access: readAccess(accessFileOf(file, access), access !== undefined),
      contracts,
      weights: weightsOf(document),
    };
  } catch (error) {
    throw error instanceof StartError ? error : supergraphError(file, error);
  }
}

/**
 * Reads the supergraph that the environment names, or our own.
 * @throws StartError as {@link readSupergraph} does, and in production when our own graph stands there without rules.
 */
export function supergraphOf({ supergraph, access, production }: Config, own: URL): Supergraph {
  const read = readSupergraph(supergraph ?? fileURLToPath(own), access);
  if (production && !supergraph && Object.keys(read.access).length === 0)
    throw new StartError(
      `ACCESS: ${accessFileOf(read.file, access)} holds no rules; production serves this graph with its rules only. Make them with npm run compose.`,
    );
  return read;
}

const accessFileOf = (supergraph: string, access: string | undefined): string =>
  access ? resolve(access) : join(dirname(supergraph), 'access.json');

/**
 * Calls back with each new content of the file or of its rules, and with what makes a content unusable; gives the way to
 * stop.
 */
export function watchSupergraph(
  path: string,
  access: string | undefined,
  onChange: (supergraph: Supergraph) => Promise<void>,
  onBad: (error: unknown) => void,
): () => void {
  const file = resolve(path);
  // One after the other, so that the last content is the one that stays.
  let changes = Promise.resolve();
  const changed = () => {
    changes = changes.then(() => onChange(readSupergraph(file, access))).catch(onBad);
  };
  return watchFiles([file, accessFileOf(file, access)], changed);
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

function recordedOf(document: DocumentNode): Set<string> {
  const names = new Set<string>();
  visit(document, {
    FieldDefinition: {
      enter: ({ name, directives }) => {
        if (directives?.some((directive) => print(directive) === '@tag(name: "recorded")'))
          names.add(name.value);
      },
    },
  });
  return names;
}
