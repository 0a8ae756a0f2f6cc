import {
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  parse,
} from 'graphql';
import type { Connection } from 'mongoose';
import type { Viewer } from '../../server/viewer.ts';
import { setViewer } from '../../subgraphs/guardSchema.ts';
import { journalOf } from '../../subgraphs/records/command/journal.ts';
import { Cubes } from '../../subgraphs/records/cube/cubes.ts';
import type { Secrets } from '../../subgraphs/records/secrets.ts';
import type { Selection } from '../../subgraphs/records/selection.ts';
import { dayOf, type SubgraphDefinition, schemaOf, sdlOf } from '../../subgraphs/subgraph.ts';

/** Who asks, and when. */
export interface Asker {
  readonly viewer: Viewer;
  readonly requestId: string;
  readonly now: Date;
}

export type Key = readonly string[];
type ResolveReference = (reference: object, context: object) => unknown;

/** The code of one subgraph without its door: its resolvers, and the context that they work with. */
export interface Part {
  readonly name: string;
  readonly schema: GraphQLSchema;
  /** The keys by which its entities can be found, by type. */
  readonly keys: ReadonlyMap<string, readonly Key[]>;
  readonly resolveReference: (type: string) => ResolveReference | undefined;
  readonly contextOf: (asker: Asker, selection: Selection) => object;
}

/** Opens the code of a subgraph over a connection. It reads only: a command throws. */
export function openPart<Models extends object, Context extends object, Rows>(
  definition: SubgraphDefinition<Models, Context, Rows>,
  connection: Connection,
  secrets: Secrets,
): Part {
  const { name, sdl, cubes: kept } = definition;
  const models = definition.models(connection);
  const journal = journalOf(connection, name);
  const cubes = new Cubes({ connection, subgraph: name, journal, models, cubes: kept ?? [] });
  const resolvers = definition.resolvers as Record<string, { __resolveReference?: ResolveReference }>;
  return {
    name,
    schema: schemaOf(definition),
    keys: keysOf(parse(sdlOf(sdl), { noLocation: true })),
    resolveReference: (type) => resolvers[type]?.__resolveReference,
    contextOf: (asker, selection) => {
      const reads = { ...asker, models, journal, cubes, secrets, selection, signal: undefined };
      const context = definition.context({ ...reads, today: dayOf(asker.now), command: refuseCommand });
      setViewer(context, asker.viewer);
      return context;
    },
  };
}

const refuseCommand = () => {
  throw new Error('The single server of the benchmark reads only.');
};

function keysOf({ definitions }: DocumentNode): Map<string, Key[]> {
  const keys = new Map<string, Key[]>();
  for (const node of definitions) {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.OBJECT_TYPE_EXTENSION) continue;
    keys.set(node.name.value, [...(keys.get(node.name.value) ?? []), ...keysOfType(node)]);
  }
  return keys;
}

/** Nobody is found by a key with `resolvable: false`; keys of our graph are flat lists of fields. */
const keysOfType = ({ directives }: ObjectTypeDefinitionNode | ObjectTypeExtensionNode): Key[] =>
  (directives ?? [])
    .filter(({ name }) => name.value === 'key')
    .filter((key) => argumentOf(key, 'resolvable') !== false)
    .map((key) => String(argumentOf(key, 'fields')).split(' '));

function argumentOf({ arguments: given }: ConstDirectiveNode, name: string): unknown {
  const value = given?.find((node) => node.name.value === name)?.value;
  return value && 'value' in value ? value.value : undefined;
}
