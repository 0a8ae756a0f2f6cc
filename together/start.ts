import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { superviseDatabase } from '../database/embedded/supervise.ts';
import { type TokenSettings, tokenSettings } from '../gateway/access/tokens/settings.ts';
import { announce } from '../server/announce.ts';
import { auditLogOf } from '../server/auditLog.ts';
import { Closers } from '../server/closers.ts';
import { type Config, readConfig } from '../server/config.ts';
import { createLog, type Log } from '../server/log.ts';
import type { Metrics } from '../server/metrics.ts';
import type { Environment } from '../server/secretFiles.ts';
import type { Running } from '../server/serve.ts';
import { ConfigError, StartError } from '../server/startError.ts';
import type { Doors } from '../subgraphs/doors.ts';
import { type SubgraphName, subgraphNames } from '../subgraphs/registry.ts';
import { secretsOf } from '../subgraphs/secrets.ts';

const schema = new URL('../schema/', import.meta.url);
const synthetic = new Set(['ci', 'demo', 'national']);

/**
 * Starts the whole graph in one process: the embedded database (or MONGODB_URI), four subgraphs, the gateway.
 * Stops in the other order: requests, connections, database.
 * @throws StartError when the environment, the database, the supergraph or the port is not right.
 */
export async function startTogether(env: Environment, terminal = false): Promise<Running> {
  const config = readConfig(env, { subgraphs: subgraphNames, terminal });
  refuseSyntheticRows(config);
  const secrets = new Map(subgraphNames.map((name) => [name, secretsOf(name, config)]));
  const settings = tokenSettings(config);
  const log = createLog(config.logLevel, 'together');
  const closers = new Closers();
  return closers.closeOnFailure(async () => {
    // The stack takes a second to load: the database starts meanwhile.
    const loading = loadStack();
    loading.catch(() => {});
    const database = await openDatabase(config, log, closers);
    const stack = await loading;
    const withDatabase = { ...config, mongodbUri: config.mongodbUri ?? database?.uri };
    const metrics = stack.createMetrics();
    const connections = await stack.openConnections({
      config: withDatabase,
      subgraphs: subgraphNames,
      metrics,
    });
    closers.add(connections.close);
    const doors = await stack.openDoors((name) => ({
      connection: connections.of(name),
      monitored: () => connections.monitored(name),
      secrets: secrets.get(name),
      logUnexpected: (error, request) => log.error({ ...request, error }, 'unexpected error'),
    }));
    await Promise.all(subgraphNames.map((name) => doors[name].migrate()));
    await fill(doors, config);
    closers.add(startWork(doors, log, metrics));
    const partnerKey = stack.demoKey(config, new URL('operations/', schema));
    const gateway = await openGateway(stack, { config, settings, doors, closers, log, metrics });
    growSlowly();
    const place = database ? join(config.dataDir, 'database') : 'MONGODB_URI';
    log.info({ url: gateway.url, database: place }, 'ready');
    if (terminal) announce([...stack.waysIn(gateway.url, config, partnerKey), ['Its data', place]]);
    return { url: gateway.url, stop: closers.close };
  });
}

interface Opened {
  readonly config: Config;
  readonly settings: TokenSettings;
  readonly doors: Doors;
  readonly closers: Closers;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Opens the gateway over the doors, with what says who asks and what records refusals. */
async function openGateway(stack: Stack, { config, settings, doors, closers, log, metrics }: Opened) {
  const audit = auditLogOf(config);
  closers.add(audit.close);
  const tokens = stack.openTokens(settings, log);
  closers.add(tokens.stop);
  const gateway = await stack.serveGateway({
    config,
    supergraph: stack.supergraphOf(config, new URL('supergraph.graphql', schema)),
    carrier: stack.memoryCarrier(doors),
    scalars: stack.scalars,
    credentials: [tokens.credential],
    audit,
    examples: stack.readExamples(new URL('operations/', schema)),
    details: async () => ({ events: await eventsOf(doors) }),
    log,
    metrics,
  });
  closers.add(gateway.stop);
  return gateway;
}

/**
 * One process holds five, and V8 would let garbage treble the heap before it collects: after 1,000 mixed operations
 * `npm run bench` saw 257 MB with this and 411 MB without. Only once all is loaded: while loading, nearly all stays.
 */
function growSlowly(): void {
  setFlagsFromString('--heap-growing-percent=50');
}

/** On a database of somebody's own, only `npm run seed` writes rows that are not real. */
function refuseSyntheticRows({ seed, mongodbUri, mongodbUris, production }: Config): void {
  if (!synthetic.has(seed) || !(mongodbUri || mongodbUris.size > 0 || production)) return;
  const message = `was ${JSON.stringify(seed)}; it should be none or campaign with a MongoDB of your own or in production. To write synthetic rows there, run: SEED=${seed} npm run seed`;
  throw new ConfigError([{ variable: 'SEED', message }]);
}

async function openDatabase(config: Config, log: Log, closers: Closers) {
  const everySubgraph = config.mongodbUris.size === subgraphNames.length;
  if (config.mongodbUri || everySubgraph) return null;
  const dir = join(config.dataDir, 'database');
  const database = await superviseDatabase({
    dir,
    port: 0,
    log: (line) => log.warn({ line }, 'the database says'),
    onUnexpectedExit: (reason) => log.error({ reason }, 'the database ended and is started again'),
  }).catch((cause: Error) => {
    throw new StartError(`DATA_DIR: the embedded database in ${dir} did not start: ${cause.message}`, {
      cause,
    });
  });
  closers.add(() => database.stop());
  return database;
}

type Stack = Awaited<ReturnType<typeof loadStack>>;

/** Everything that is slow to load, named here so that it loads while the database starts. */
async function loadStack() {
  const [
    connections,
    doors,
    gateway,
    tokens,
    ways,
    supergraph,
    partners,
    examples,
    memory,
    metrics,
    scalars,
  ] = await Promise.all([
    import('../database/connections.ts'),
    import('../subgraphs/doors.ts'),
    import('../gateway/serveGateway.ts'),
    import('../gateway/access/tokens/openTokens.ts'),
    import('../gateway/waysIn.ts'),
    import('../gateway/supergraph.ts'),
    import('../gateway/partners/demo.ts'),
    import('../gateway/examples.ts'),
    import('../gateway/carrier/memory.ts'),
    import('../server/metrics.ts'),
    import('../schema/scalars.ts'),
  ]);
  return {
    ...connections,
    ...doors,
    ...gateway,
    ...tokens,
    ...ways,
    ...supergraph,
    demoKey: partners.demoKey,
    ...examples,
    ...memory,
    ...metrics,
    ...scalars,
  };
}

/** Starts what goes on behind the doors; gives what stops it. Feeds are read by a function call. */
function startWork(doors: Doors, log: Log, metrics: Metrics): () => Promise<void> {
  for (const name of subgraphNames) metrics.watchEvents(name, doors[name].status);
  const works = subgraphNames.map((name) =>
    doors[name].start({
      feedOf: (source) => doors[source as SubgraphName],
      onError: (error, work) =>
        log.warn({ error, subgraph: name, work }, 'work behind a door failed and is tried again'),
    }),
  );
  return async () => {
    await Promise.all(works.map((work) => work.stop()));
  };
}

/** How the events of each subgraph stand, and its copies of others. */
const eventsOf = async (doors: Doors): Promise<object> =>
  Object.fromEntries(
    await Promise.all(subgraphNames.map(async (name) => [name, await doors[name].status()] as const)),
  );

async function fill(doors: Doors, { seed }: Config): Promise<void> {
  if (seed === 'none') return;
  const { fill: fillTo } = await import('../database/seed/fill.ts');
  // The first answers need not wait for the cubes: until they stand, the rows themselves are read.
  await fillTo(doors, seed, process.stderr, 'LATER');
}
