import { setMaxListeners } from 'node:events';
import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type DocumentNode,
  execute,
  type FormattedExecutionResult,
  type GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  parse,
} from 'graphql';
import type { Connection } from 'mongoose';
import { scalars } from '../schema/scalars.ts';
import { mask } from '../server/errors.ts';
import type { Viewer } from '../server/viewer.ts';
import { classifyDatabaseError } from './records/databaseErrors.ts';
import { documentCache } from './records/documents.ts';
import { isLoaded, markLoaded } from './records/loads.ts';
import { localized } from './records/localized.ts';
import { type Migration, migrate, missingMigrations } from './records/migrate.ts';
import { type Selection, selectionOf } from './records/selection.ts';

/** One operation as it reaches a subgraph, by memory or by HTTP. */
export interface Ask {
  readonly document: DocumentNode | string;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly operationName?: string | undefined;
  readonly viewer: Viewer;
  readonly requestId: string;
  /** Aborts the MongoDB commands of the operation when the request's deadline passes. */
  readonly signal?: AbortSignal | undefined;
}

/** What a subgraph knows of the request it answers; its own context is made from this, anew for each fetch. */
export interface RequestScope<Models> {
  readonly models: Models;
  readonly viewer: Viewer;
  readonly selection: Selection;
  readonly signal: AbortSignal | undefined;
  /** The instant of the request. */
  readonly now: Date;
  /** The day of the request in Asia/Ho_Chi_Minh, YYYY-MM-DD. */
  readonly today: string;
}

/** What each of the four must give; `subgraphs/<name>/index.ts` exports one. */
export interface SubgraphDefinition<Models, Context, Rows> {
  readonly name: string;
  /** The subgraph's own SDL; the shared value types are added to it. */
  readonly sdl: string;
  readonly resolvers: object;
  readonly models: (connection: Connection) => Models;
  readonly context: (scope: RequestScope<Models>) => Context;
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
  readonly load: (name: string, rows: () => Rows, onRows?: (count: number) => void) => Promise<boolean>;
}

export interface DoorOptions {
  readonly connection: Connection;
  readonly logUnexpected: (error: unknown, request: { requestId: string; subgraph: string }) => void;
  /** The clock; a test may stop it. */
  readonly now?: (() => Date) | undefined;
}

const sharedSdl = readFileSync(new URL('../schema/directives.graphql', import.meta.url), 'utf8');

type SchemaInput = Extract<Parameters<typeof buildSubgraphSchema>[0], { typeDefs: unknown }>;

const sharedResolvers = {
  LocalizedText: {
    text: (text: { vi: string; en?: string | null }, { locale }: { locale: 'VI' | 'EN' }) =>
      localized(text, locale),
  },
};

/** Gives the whole SDL of a subgraph: the shared value types and its own. */
export const sdlOf = (own: string): string => `${sharedSdl}\n${own}`;

/** Builds the executable schema; the only cast into @apollo/subgraph's resolver map, whose type is not exported. */
export function schemaOf(definition: { readonly sdl: string; readonly resolvers: object }): GraphQLSchema {
  const typeDefs = parse(sdlOf(definition.sdl), { noLocation: true });
  const declared = new Set(
    typeDefs.definitions.flatMap((node) => (node.kind === 'ScalarTypeDefinition' ? [node.name.value] : [])),
  );
  const used = Object.fromEntries(Object.entries(scalars).filter(([name]) => declared.has(name)));
  const resolvers = { ...used, ...sharedResolvers, ...definition.resolvers };
  return buildSubgraphSchema({ typeDefs, resolvers } as SchemaInput);
}

const dayFormat = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' });

/** Gives the day of an instant in Asia/Ho_Chi_Minh, YYYY-MM-DD. */
export const dayOf = (instant: Date): string => dayFormat.format(instant);

/** Opens the door of a subgraph over a connection. */
export function openSubgraph<Models, Context, Rows>(
  definition: SubgraphDefinition<Models, Context, Rows>,
  options: DoorOptions,
): Door<Rows> {
  const { connection } = options;
  const schema = schemaOf(definition);
  const models = definition.models(connection);
  const now = options.now ?? (() => new Date());
  const checked = documentCache(schema);
  const maskAll = masker(definition.name, options);

  const ask = async (request: Ask): Promise<FormattedExecutionResult> => {
    const instant = now();
    // Every MongoDB command of the operation listens to the deadline; Node warns of a leak at eleven.
    if (request.signal) setMaxListeners(0, request.signal);
    const document = checked(request.document);
    if (Array.isArray(document)) return { errors: maskAll(document, request) };
    const { errors, ...rest } = await execute({
      schema,
      document,
      variableValues: request.variables,
      operationName: request.operationName,
      contextValue: definition.context({
        models,
        viewer: request.viewer,
        selection: selectionOf(document, schema),
        signal: request.signal,
        now: instant,
        today: dayOf(instant),
      }),
    });
    return errors ? { ...rest, errors: maskAll(errors, request) } : rest;
  };

  return {
    name: definition.name,
    schema,
    ask,
    migrate: () =>
      migrate(connection, definition.name, Object.values(models as object), definition.migrations),
    notReady: () =>
      missingMigrations(connection, definition.name, Object.values(models as object), definition.migrations),
    load: async (name, rows, onRows = () => {}) => {
      if (await isLoaded(connection, definition.name, name)) return false;
      await definition.load(models, rows(), onRows);
      await markLoaded(connection, definition.name, name);
      return true;
    },
  };
}

/** Gives the border of one subgraph: every error of an answer as a client may see it. */
const masker =
  (subgraph: string, options: DoorOptions) =>
  (errors: readonly GraphQLError[], { requestId }: Ask): GraphQLFormattedError[] =>
    errors.map((error) =>
      mask(error, {
        requestId,
        classify: classifyDatabaseError,
        logUnexpected: (cause) => options.logUnexpected(cause, { requestId, subgraph }),
      }),
    );
