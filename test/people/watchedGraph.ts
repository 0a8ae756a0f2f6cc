import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FormattedExecutionResult } from 'graphql';
import type { Connection } from 'mongoose';
import { connect } from '../../database/connect.ts';
import { startDatabase } from '../../database/embedded/server.ts';
import { seed } from '../../database/seed/seed.ts';
import { httpCarrier } from '../../gateway/carrier/http.ts';
import { memoryCarrier } from '../../gateway/carrier/memory.ts';
import { serveGateway } from '../../gateway/serveGateway.ts';
import { readSupergraph } from '../../gateway/supergraph.ts';
import { scalars } from '../../schema/scalars.ts';
import type { AuditFact } from '../../server/auditLog.ts';
import { readConfig } from '../../server/config.ts';
import { createLog } from '../../server/log.ts';
import { createMetrics } from '../../server/metrics.ts';
import type { Running } from '../../server/serve.ts';
import { type Doors, openDoors } from '../../subgraphs/doors.ts';
import { serveSubgraph } from '../../subgraphs/serve.ts';
import { startBehind } from '../harness/behind.ts';
import { testKey } from '../harness/doors.ts';
import type { CarrierName } from '../harness/graph.ts';
import { testVolumes } from '../harness/volumes.ts';

const VIEWER_KEY = 'a key of the tests that is long enough to be one';

/** A whole graph over a database of its own, all of whose traces a test can read. */
export interface WatchedGraph {
  readonly url: string;
  readonly connection: Connection;
  readonly ask: (
    body: object | string,
    viewer: string,
  ) => Promise<FormattedExecutionResult & { readonly status: number }>;
  /** Makes commands of the database fail as MongoDB's fail point of that name does; `off` ends it. */
  readonly failing: (mode: object | string, data?: object) => Promise<void>;
  /** Everything that was logged so far, at level trace, by all processes. */
  readonly logged: () => string;
  readonly metrics: () => Promise<string>;
  /** Every document of every collection. */
  readonly stored: () => Promise<string>;
  /** The bytes of every file of the database. */
  readonly files: () => Promise<Buffer>;
  readonly stop: () => Promise<void>;
}

/** Starts the graph by one of the two carriers, with the jobs behind it at work and the log of a process that tells all. */
export async function startWatched(carrier: CarrierName): Promise<WatchedGraph> {
  const dir = await mkdtemp(join(tmpdir(), 'graph-people-'));
  const database = await startDatabase({ dir, port: 0, testCommands: true, durable: false });
  const uri = `${database.uri}${database.uri.includes('?') ? '&' : '?'}serverSelectionTimeoutMS=1000`;
  const lines: string[] = [];
  const log = createLog('trace', 'test', { write: (line) => void lines.push(line) });
  const connection = await connect({ uri, variable: 'MONGODB_URI' });
  const doors = await openDoors(() => ({
    connection,
    secrets: { pii: [testKey('test')], retentionMonths: 24 },
    logUnexpected: (error, request) => log.error({ ...request, error }, 'unexpected error'),
  }));
  for (const door of Object.values(doors)) await door.migrate();
  await seed({ doors, name: 'test', volumes: testVolumes });
  const works = startBehind(doors);
  const served = await serveAll(carrier, doors, log);
  const { url } = served;
  return {
    url,
    connection,
    ask: async (body, viewer) => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-demo-viewer': viewer },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      return { status: response.status, ...((await response.json()) as FormattedExecutionResult) };
    },
    failing: async (mode, data = {}) => {
      await connection.getClient().db('admin').command({ configureFailPoint: 'failCommand', mode, data });
    },
    logged: () => lines.join(''),
    metrics: async () => {
      const pages = served.all.map(async (running) => (await fetch(`${running.url}/metrics`)).text());
      return (await Promise.all(pages)).join('\n');
    },
    stored: async () => {
      const collections = (await connection.db?.listCollections().toArray()) ?? [];
      const rows = collections.map(({ name }) => connection.collection(name).find().toArray());
      return JSON.stringify(await Promise.all(rows));
    },
    files: async () => {
      const names = await readdir(dir, { recursive: true, withFileTypes: true });
      const files = names
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name));
      return Buffer.concat(await Promise.all(files.map((file) => readFile(file))));
    },
    stop: async () => {
      for (const running of served.all) await running.stop();
      await Promise.all(works.map((work) => work.stop()));
      await connection.close();
      await database.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Serves the gateway, and over HTTP the subgraphs before it; `all` is in the order to stop them. */
async function serveAll(carrierName: CarrierName, doors: Doors, log: ReturnType<typeof createLog>) {
  const config = readConfig({ PORT: '0', REQUEST_TIMEOUT: '2s' });
  const subgraphs: Record<string, Running> = {};
  if (carrierName === 'http') {
    for (const [name, door] of Object.entries(doors)) {
      const own = { door, config, port: 0, viewerKey: VIEWER_KEY, log, metrics: createMetrics() };
      subgraphs[name] = await serveSubgraph(own);
    }
  }
  const carrier =
    carrierName === 'memory'
      ? memoryCarrier(doors)
      : httpCarrier({ viewerKey: VIEWER_KEY, urlOf: (name) => `${subgraphs[name]?.url}/graphql` });
  const supergraph = readSupergraph('schema/supergraph.graphql');
  const metrics = createMetrics();
  const audit = { append: (fact: AuditFact) => void log.debug({ fact }, 'audited') };
  const gateway = await serveGateway({
    config,
    supergraph,
    carrier,
    scalars,
    examples: [],
    credentials: [],
    audit,
    log,
    metrics,
  });
  return { url: gateway.url, all: [gateway, ...Object.values(subgraphs)] };
}
