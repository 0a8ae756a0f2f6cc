import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { execute, type GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { mask } from '../server/errors.ts';
import type { Viewer } from '../server/viewer.ts';
import { explainedDoor } from './explainedDoor.ts';
import { setViewer } from './guardSchema.ts';
import { type Journal, journalOf } from './records/command/journal.ts';
import { type CommandRunner, commandRunner } from './records/command/runCommand.ts';
import type { CommandScope } from './records/command/transaction.ts';
import { Cubes } from './records/cube/cubes.ts';
import { classifyDatabaseError } from './records/databaseErrors.ts';
import { documentCache } from './records/documents.ts';
import { positionOf } from './records/feed/consumer.ts';
import { feedOf } from './records/feed/feed.ts';
import type { Job } from './records/feed/jobs.ts';
import { journalStatus } from './records/feed/status.ts';
import { Wake } from './records/feed/wake.ts';
import { isLoaded, markLoaded } from './records/loads.ts';
import { migrate, missingMigrations } from './records/migrate.ts';
import { noSecrets } from './records/secrets.ts';
import { selectionOf } from './records/selection.ts';
import {
  type Ask,
  type Door,
  type DoorOptions,
  dayOf,
  type RequestScope,
  type SubgraphDefinition,
  schemaOf,
} from './subgraph.ts';
import { startWork } from './work.ts';

/** Opens the door of a subgraph over a connection. */
export function openSubgraph<Models extends object, Context extends object, Rows>(
  definition: SubgraphDefinition<Models, Context, Rows>,
  options: DoorOptions,
): Door<Rows> {
  const { connection } = options;
  const { name, migrations } = definition;
  const schema = schemaOf(definition);
  const committed = new Wake();
  const inside = insideOf(definition, options, committed);
  const { models, journal, cubes } = inside;
  const all = [...Object.values(models), ...Object.values(journal), ...cubes.models];
  const numbered = new Wake();
  const follows = [...(definition.follows ?? []).map((each) => cubes.alsoMoving(each)), ...cubes.follows()];
  const feed = feedOf(journal, numbered);
  const works = { numbered, follows, feed };
  return {
    name,
    schema,
    ask: asker(inside, schema),
    migrate: () => migrate(connection, name, all, migrations),
    notReady: () => missingMigrations(connection, name, all, migrations),
    load: async (load, rows, { onRows = () => {}, onCounted, cubes: when = 'BUILT' } = {}) => {
      if (await isLoaded(connection, name, load)) return false;
      await definition.load(models, rows(), onRows);
      if (when === 'BUILT') await cubes.rebuildLoaded(onCounted);
      await markLoaded(connection, name, load);
      return true;
    },
    events: feed.events,
    start: (starting) =>
      startWork({ ...inside, ...workOf(inside), ...starting, ...works, subgraph: name, connection }),
    rebuild: (cube) => cubes.rebuild((each) => cube === undefined || each.name === cube),
    status: () =>
      journalStatus(
        journal,
        follows.map(({ source }) => source),
      ),
    replay: async (source, after) => {
      await journal.positions.updateOne({ _id: positionOf(source) }, { $set: { seq: after } });
    },
  };
}

interface Inside<Models, Context, Rows> {
  readonly definition: SubgraphDefinition<Models, Context, Rows>;
  readonly options: DoorOptions;
  readonly models: Models;
  readonly journal: Journal;
  readonly cubes: Cubes<Models>;
  readonly committed: Wake;
}

/** Makes what works on records, over the connection of the options. */
function insideOf<Models extends object, Context, Rows>(
  definition: SubgraphDefinition<Models, Context, Rows>,
  options: DoorOptions,
  committed: Wake,
): Inside<Models, Context, Rows> {
  const { connection } = options;
  const { name: subgraph } = definition;
  const models = definition.models(connection);
  const journal = journalOf(connection, subgraph);
  const cubes = new Cubes({ connection, subgraph, journal, models, cubes: definition.cubes ?? [] });
  return { definition, options, models, journal, cubes, committed };
}

const clockOf = ({ now }: DoorOptions) => now ?? (() => new Date());

/** Gives what answers operations: the explained ones over a connection of their own. */
function asker<Models extends object, Context extends object, Rows>(
  inside: Inside<Models, Context, Rows>,
  schema: GraphQLSchema,
): Door['ask'] {
  const { definition, options, committed } = inside;
  const answer = answerer(inside, schema);
  if (!options.monitored) return answer;
  const explained = explainedDoor(options.monitored, (connection) =>
    answerer(insideOf(definition, { ...options, connection }, committed), schema),
  );
  return (request) => (request.explain ? explained(request) : answer(request));
}

/** Gives the function that answers one operation: a fresh context for each, and after each command once more. */
function answerer<Models, Context extends object, Rows>(
  inside: Inside<Models, Context, Rows>,
  schema: GraphQLSchema,
): Door['ask'] {
  const { definition, options, models, journal, cubes } = inside;
  const checked = documentCache(schema);
  const maskAll = masker(definition.name, options);
  return async (request) => {
    const instant = clockOf(options)();
    // Every MongoDB command of the operation listens to the deadline; Node warns of a leak at eleven.
    if (request.signal) setMaxListeners(0, request.signal);
    const document = checked(request.document);
    if (Array.isArray(document)) return { errors: maskAll(document, request) };
    const { viewer, requestId, signal } = request;
    const asked = { models, journal, viewer, requestId, signal, now: instant, today: dayOf(instant) };
    const scope: RequestScope<Models> = {
      ...asked,
      cubes,
      selection: selectionOf(document, schema),
      secrets: options.secrets ?? noSecrets,
      // The fields of a mutation are executed one after the other, each with its whole answer (GraphQL, 6.2.2).
      command: runnerOf(inside, asked, () => Object.assign(context, definition.context(scope))),
    };
    const context = definition.context(scope);
    setViewer(context, viewer);
    const { errors, ...rest } = await execute({
      schema,
      document,
      variableValues: request.variables,
      operationName: request.operationName,
      contextValue: context,
    });
    return errors ? { ...rest, errors: maskAll(errors, request) } : rest;
  };
}

function runnerOf<Models, Context, Rows>(
  { definition, options, committed }: Inside<Models, Context, Rows>,
  asked: CommandScope<Models>,
  refresh: () => void,
): CommandRunner<Models> {
  return commandRunner({
    connection: options.connection,
    scope: asked,
    outcomes: definition.outcomes ?? {},
    onDone: () => {
      committed.call();
      refresh();
    },
  });
}

/** Who jobs are done by: the system, which is no person and reads no person's row. */
const system: Viewer = { subject: 'system', role: 'ADMIN', unitPath: null, scopes: [], locale: 'VI' };

function workOf<Models, Context, Rows>(inside: Inside<Models, Context, Rows>) {
  const { definition, options, models, journal, cubes } = inside;
  const now = clockOf(options);
  return {
    jobs: [...(definition.jobs ?? []), ...(definition.cubes?.length ? [buildingCubes(cubes)] : [])],
    today: () => dayOf(now()),
    jobScope: () => {
      const instant = now();
      const asked = { models, journal, viewer: system, requestId: `job:${randomUUID()}`, signal: undefined };
      const secrets = options.secrets ?? noSecrets;
      const scope = { ...asked, now: instant, today: dayOf(instant), secrets };
      return { ...scope, command: runnerOf(inside, scope, () => {}) };
    },
  };
}

const LOOK_FOR_CUBES_MS = 60_000;

/** Builds the cubes of a database that has none yet, or whose cubes were built by other code. */
const buildingCubes = <Models>(cubes: Cubes<Models>): Job<Models> => ({
  name: 'cubes',
  everyMs: LOOK_FOR_CUBES_MS,
  run: async () => {
    await cubes.rebuildMissing();
  },
});

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
