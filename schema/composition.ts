import { composeServices } from '@apollo/composition';
import { parse, printSchema } from 'graphql';
import { type AccessRules, partAccess } from './access.ts';
import { contractsOf } from './contracts.ts';
import { lintApi, lintSources } from './lint.ts';
import { lintAccess } from './lintAccess.ts';
import { lintLists } from './lintLists.ts';
import type { Source } from './sources.ts';

/** Hints of composition that are no fault, each with its reason. All others are: a hint is how a dropped field looks. */
const allowedHints: ReadonlyMap<string, string> = new Map();

export interface Composed {
  /** The executable supergraph: all that the gateway reads. */
  readonly supergraph: string;
  /** The schema as clients see it. */
  readonly api: string;
  /** Who may select what, by schema coordinate. */
  readonly access: AccessRules;
  /** The part of the API that exists for one kind of client, by tag. */
  readonly contracts: ReadonlyMap<string, string>;
}

/** Every fault of one composition at once. */
export class CompositionFaults extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(
      `The subgraphs do not compose; ${faults.length} fault(s):\n${faults.map((fault) => `- ${fault}`).join('\n')}`,
    );
    this.name = 'CompositionFaults';
    this.faults = faults;
  }
}

/** Composes the subgraphs. Throws {@link CompositionFaults} with every error, every hint not allowed, every lint. */
export function compose(sources: readonly Source[]): Composed {
  const unreadable = sources.flatMap(syntaxFault);
  if (unreadable.length > 0) throw new CompositionFaults(unreadable);
  const result = composeServices(sources.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })));
  const own = lintSources(sources);
  if (result.errors) throw new CompositionFaults([...result.errors.map((error) => error.message), ...own]);
  const api = result.schema.toAPISchema().toGraphQLJSSchema();
  const hints = result.hints.filter(({ definition }) => !allowedHints.has(definition.code));
  const printed = printSchema(api);
  const parted = { ...partAccess(result.supergraphSdl), contracts: contractsOf(printed, sources) };
  const faults = [
    ...hints.map((hint) => hint.toString()),
    ...[...own, ...lintApi(api), ...lintAccess(api, parted), ...lintLists(api, parted.supergraph)],
  ];
  if (faults.length > 0) throw new CompositionFaults(faults);
  return { ...parted, api: printed };
}

function syntaxFault({ name, sdl }: Source): string[] {
  try {
    parse(sdl);
    return [];
  } catch (error) {
    return [`[${name}] ${(error as Error).message}`];
  }
}
