import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type DocumentNode, type FormattedExecutionResult, type GraphQLSchema, parse } from 'graphql';
import type { Connection } from 'mongoose';
import { scalars } from '../schema/scalars.ts';
import type { Viewer } from '../server/viewer.ts';
import { guardSchema } from './guardSchema.ts';
import { auditResolvers } from './records/command/auditEntry.ts';
import type { Journal } from './records/command/journal.ts';
import type { Outcomes } from './records/command/outcomes.ts';
import type { CommandRunner } from './records/command/runCommand.ts';
import type { Cubes } from './records/cube/cubes.ts';
import type { AnyCube } from './records/cube/definition.ts';
import type { Follow } from './records/feed/consumer.ts';
import type { Feed } from './records/feed/feed.ts';
import type { Job } from './records/feed/jobs.ts';
import type { JournalStatus } from './records/feed/status.ts';
import { localized } from './records/localized.ts';
import type { Migration } from './records/migrate.ts';
import type { Secrets } from './records/secrets.ts';
import type { Selection } from './records/selection.ts';
import type { StartOptions, Work } from './work.ts';

/** One operation as it reaches a subgraph, by memory or by HTTP. */
export interface Ask {
  readonly document: DocumentNode | string;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly operationName?: string | undefined;
  readonly viewer: Viewer;
  readonly requestId: string;
  /** Aborts the MongoDB commands of the operation when the request's deadline passes. */
  readonly signal?: AbortSignal | undefined;
  /** Whether the answer shall say which MongoDB commands it took, in `extensions.explain`. */
  readonly explain?: boolean | undefined;
}

/** What a subgraph knows of the request it answers; its own context is made from this, anew for each fetch. */
export interface RequestScope<Models> {
  readonly models: Models;
  readonly journal: Journal;
  readonly cubes: Cubes<Models>;
  readonly viewer: Viewer;
  readonly requestId: string;
  readonly selection: Selection;
  readonly signal: AbortSignal | undefined;
  /** The instant of the request. */
  readonly now: Date;
  /** The day of the request in Asia/Ho_Chi_Minh, YYYY-MM-DD. */
  readonly today: string;
  /** Runs a mutation's command; the reads of the context are fresh after it. */
  readonly command: CommandRunner<Models>;
  readonly secrets: Secrets;
}

/** What each of the four must give; `subgraphs/<name>/index.ts` exports one. */
export interface SubgraphDefinition<Models, Context, Rows> {
  readonly name: string;
  /** The subgraph's own SDL; the shared value types are added to it. */
  readonly sdl: string;
  readonly resolvers: object;
  readonly models: (connection: Connection) => Models;
  readonly context: (scope: RequestScope<Models>) => Context;
  /** The expected outcomes of its commands, beside those of all subgraphs. */
  readonly outcomes?: Outcomes;
  /** What it does with the events of others. */
  readonly follows?: readonly Follow<Models>[];
  readonly jobs?: readonly Job<Models>[];
  /** Sums that are kept beside the rows. */
  readonly cubes?: readonly AnyCube<Models>[];
  /** Changes of stored shapes since the first version, in order; indexes come from the models. */
  readonly migrations: readonly Migration[];
  /** Adds rows that are not there yet; the seed's only way in. `onRows` hears how many rows each step took. */
  readonly load: (models: Models, rows: Rows, onRows: (count: number) => void) => Promise<void>;
}

/** The one door: all that anything outside may do with a subgraph. */
export interface Door<Rows = never> {
  readonly name: string;
  readonly schema: GraphQLSchema;
  readonly ask: (request: Ask) => Promise<FormattedExecutionResult>;
  /** Builds indexes and runs what is missing of the migrations, once, under a lock. */
  readonly migrate: () => Promise<void>;
  /** Gives why the subgraph cannot answer yet ("database unreachable", "migrations missing: …"), or null when it can. */
  readonly notReady: () => Promise<string | null>;
  /** Loads seed rows under a name, once: says false, and makes no rows, when that load was brought to its end before. */
  readonly load: (name: string, rows: () => Rows, options?: LoadOptions) => Promise<boolean>;
  /** Reads the subgraph's domain events in their order. */
  readonly events: Feed['events'];
  /** Starts what goes on without being asked: numbering events, following others, jobs. */
  readonly start: (options: StartOptions) => Work;
  /** How its events and its copies of others stand. */
  readonly status: () => Promise<JournalStatus>;
  /** Builds one cube anew, or all, while everything goes on; gives the names of those that it built. */
  readonly rebuild: (cube?: string) => Promise<string[]>;
  /** Reads the events of a source again, from after a position. Copies take only what is newer than they are. */
  readonly replay: (source: string, after: number) => Promise<void>;
}

export interface LoadOptions {
  /** Hears how many rows were written since the last call. */
  readonly onRows?: ((count: number) => void) | undefined;
  /** Hears how many rows were counted in cubes since the last call. */
  readonly onCounted?: ((count: number) => void) | undefined;
  /** Whether cubes are built before the load ends, or left to the job that builds what is missing once the door starts. */
  readonly cubes?: 'BUILT' | 'LATER' | undefined;
}

export interface DoorOptions {
  readonly connection: Connection;
  /** Opens another connection to the same database, with `monitorCommands`; without it nothing can be explained. */
  readonly monitored?: (() => Promise<Connection>) | undefined;
  readonly logUnexpected: (error: unknown, request: { requestId: string; subgraph: string }) => void;
  /** The clock; a test may stop it. */
  readonly now?: (() => Date) | undefined;
  readonly secrets?: Secrets | undefined;
}

const sharedSdl = readFileSync(new URL('../schema/directives.graphql', import.meta.url), 'utf8');

type SchemaInput = Extract<Parameters<typeof buildSubgraphSchema>[0], { typeDefs: unknown }>;

const sharedResolvers = {
  ...auditResolvers,
  LocalizedText: {
    text: (text: { vi: string; en?: string | null }, { locale }: { locale: 'VI' | 'EN' }) =>
      localized(text, locale),
  },
};

/** Gives the whole SDL of a subgraph: the shared value types and its own. */
export const sdlOf = (own: string): string => `${sharedSdl}\n${own}`;

/** Builds the executable schema, guarded by its own rules of access; the only cast into @apollo/subgraph's resolver map, whose type is not exported. */
export function schemaOf(definition: { readonly sdl: string; readonly resolvers: object }): GraphQLSchema {
  const typeDefs = parse(sdlOf(definition.sdl), { noLocation: true });
  const declared = new Set(
    typeDefs.definitions.flatMap((node) => (node.kind === 'ScalarTypeDefinition' ? [node.name.value] : [])),
  );
  const used = Object.fromEntries(Object.entries(scalars).filter(([name]) => declared.has(name)));
  const resolvers = { ...used, ...sharedResolvers, ...definition.resolvers };
  const schema = buildSubgraphSchema({ typeDefs, resolvers } as SchemaInput);
  guardSchema(schema, typeDefs);
  return schema;
}

const dayFormat = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' });

/** Gives the day of an instant in Asia/Ho_Chi_Minh, YYYY-MM-DD. */
export const dayOf = (instant: Date): string => dayFormat.format(instant);
