import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../database/connect.ts';
import { startDatabase } from '../../database/embedded/server.ts';
import { seed } from '../../database/seed/seed.ts';
import type { Volumes } from '../../database/seed/volumes.ts';
import { memoryCarrier } from '../../gateway/carrier/memory.ts';
import { createRecorder } from '../../gateway/explain/recorder.ts';
import { createGateway } from '../../gateway/gateway.ts';
import { readSupergraph } from '../../gateway/supergraph.ts';
import { scalars } from '../../schema/scalars.ts';
import { Closers } from '../../server/closers.ts';
import { deadlineOf } from '../../server/deadline.ts';
import type { ExplainedTotals, Explanation } from '../../server/explain.ts';
import { createLog } from '../../server/log.ts';
import { createMetrics } from '../../server/metrics.ts';
import type { RequestScope } from '../../server/requestScope.ts';
import type { Viewer } from '../../server/viewer.ts';
import { openDoors } from '../../subgraphs/doors.ts';

/**
 * Enough of everything for lists of a hundred, and little enough to be seeded in seconds. The provinces are those that the
 * named operations are documented with.
 */
const volumes: Volumes = {
  tree: {
    provinces: ['01', '33', '44', '45'],
    districts: 8,
    communes: 12,
    departments: 4,
    divisionsPerProvince: 4,
    teamsPerDistrict: 1,
    reorganised: true,
  },
  childCampaigns: 110,
  participations: 200,
  reportMonths: 4,
  reports: 600,
  valuesPerReport: 4,
  articles: 120,
  clusters: 4,
  activities: 600,
  deliveries: 1_200,
  households: 600,
  houses: 250,
  dossiers: 400,
};

/** The day of every measuring: what a relative period means does not move, and the same rows are counted. */
const now = new Date('2026-01-15T03:00:00Z');
const LIMIT_MS = 60_000;

export interface BudgetGraph {
  /** Asks as a viewer; gives what it cost. @throws when the answer has errors. */
  readonly totals: (query: string, variables: object, viewer: Viewer) => Promise<ExplainedTotals>;
  readonly close: () => Promise<void>;
}

/** Opens the whole graph in this process, over a database in a temporary directory that is seeded anew. */
export async function openBudgetGraph(): Promise<BudgetGraph> {
  const closers = new Closers();
  return closers.closeOnFailure(async () => {
    const dir = await mkdtemp(join(tmpdir(), 'budget-'));
    closers.add(() => rm(dir, { recursive: true, force: true }));
    const database = await startDatabase({ dir, port: 0, durable: false });
    closers.add(() => database.close());
    const open = async (monitorCommands: boolean) => {
      const connection = await connect({ uri: database.uri, variable: 'MONGODB_URI', monitorCommands });
      closers.add(() => connection.close());
      return connection;
    };
    const [connection, monitored] = [await open(false), await open(true)];
    const doors = await openDoors(() => ({
      connection,
      monitored: async () => monitored,
      now: () => now,
      logUnexpected: (error) => console.error(error),
    }));
    for (const door of Object.values(doors)) await door.migrate();
    await seed({ doors, name: 'budget', volumes });
    const gateway = await createGateway({
      supergraph: readSupergraph(new URL('../../schema/supergraph.graphql', import.meta.url).pathname),
      carrier: memoryCarrier(doors),
      scalars,
      faceOf: ({ role }) => ({ contract: role === 'PARTNER' ? 'partner' : null, open: true }),
      unauthorized: 'FILTER',
      // A hundred rows may be more than one may ask for at once; how the cost grows shows all the same.
      limitsOf: () => null,
      fetchTimeoutMs: LIMIT_MS,
      log: createLog('silent', 'budget'),
      metrics: createMetrics(),
    });
    closers.add(gateway.stop);
    return {
      totals: async (query, variables, viewer) => {
        const answer = await gateway.ask({ query, variables: { ...variables } }, scopeOf(viewer));
        if (answer.errors) throw new Error(answer.errors.map(({ message }) => message).join('; '));
        const { explain } = answer.extensions as { explain: Explanation };
        return explain.totals;
      },
      close: closers.close,
    };
  });
}

const scopeOf = (viewer: Viewer): RequestScope => ({
  requestId: 'budget',
  traceparent: '',
  viewer,
  deadline: deadlineOf(undefined, LIMIT_MS),
  address: '127.0.0.1',
  client: { name: null, version: null },
  outcome: { operationName: null, operationType: null, codes: [] },
  recorder: createRecorder(),
});
