import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FormattedExecutionResult } from 'graphql';
import { type Connection, createConnection } from 'mongoose';
import { buildActivities, type SeedActivities } from '../../database/seed/activities/activities.ts';
import { buildCampaigns } from '../../database/seed/campaigns/campaigns.ts';
import { buildTree, type SeedTree } from '../../database/seed/units/tree.ts';
import type { Volumes } from '../../database/seed/volumes.ts';
import { processEnvironment } from '../../server/config.ts';
import { demoViewer, type Viewer } from '../../server/viewer.ts';
import { activities } from '../../subgraphs/activities/index.ts';
import { openSubgraph } from '../../subgraphs/subgraph.ts';
import { startTestDatabase } from '../harness/database.ts';
import { countCommands } from '../harness/price.ts';
import { testVolumes } from '../harness/volumes.ts';

/** An answer of the activities door, and how many MongoDB commands it took. */
export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: tests compare answers as they are
  readonly data: any;
  readonly errors: FormattedExecutionResult['errors'];
  readonly commands: number;
}

export interface OpenedActivities {
  readonly connection: Connection;
  readonly tree: SeedTree;
  readonly seed: SeedActivities;
  readonly ask: (
    document: string,
    variables?: Readonly<Record<string, unknown>>,
    viewer?: Viewer,
  ) => Promise<Answer>;
  /** Errors that a client sees masked; a test that causes one takes it away, `close` throws what is left. */
  readonly unexpected: unknown[];
  readonly close: () => Promise<void>;
}

export const CAMPAIGN = 'BCA-2021-COVID-TDDB';

/** Opens the activities door over a database of its own with a seed of that size; today is 2026-01-15. */
export async function openActivities(volumes: Volumes = testVolumes): Promise<OpenedActivities> {
  const directory = await mkdtemp(join(tmpdir(), 'activities-test-'));
  const database = await startTestDatabase(directory, processEnvironment().env.MONGODB_URI);
  const connection = await createConnection(database.uri, {
    dbName: `test_${randomUUID().slice(0, 8)}`,
    autoIndex: false,
    monitorCommands: true,
  }).asPromise();
  const unexpected: unknown[] = [];
  const door = openSubgraph(activities, {
    connection,
    now: () => new Date('2026-01-15T03:00:00Z'),
    logUnexpected: (error) => unexpected.push(error),
  });
  const tree = buildTree(volumes);
  const seed = buildActivities(volumes, tree, buildCampaigns(volumes, tree).copies);
  await door.migrate();
  await door.load('test', () => seed.rows);
  const counter = countCommands(connection);
  return {
    connection,
    tree,
    seed,
    unexpected,
    ask: async (document, variables, viewer = demoViewer) => {
      counter.take();
      const { data, errors } = await door.ask({ document, variables, viewer, requestId: 'test' });
      return { data, errors, commands: counter.take().activities ?? 0 };
    },
    close: async () => {
      counter.stop();
      await connection.dropDatabase();
      await connection.close();
      await database.stop();
      await rm(directory, { recursive: true, force: true });
      if (unexpected.length > 0) throw new AggregateError(unexpected, 'Unexpected errors behind the door.');
    },
  };
}

/** The codes of an answer's errors. */
export const codesOf = ({ errors }: Pick<Answer, 'errors'>): unknown[] =>
  (errors ?? []).map(({ extensions }) => extensions?.code);
