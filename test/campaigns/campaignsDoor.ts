import { randomUUID } from 'node:crypto';
import type { FormattedExecutionResult } from 'graphql';
import { type Connection, createConnection } from 'mongoose';
import { inject, vi } from 'vitest';
import { buildCampaigns } from '../../database/seed/campaigns/campaigns.ts';
import type { Volumes } from '../../database/seed/volumes.ts';
import { demoViewer, type Viewer } from '../../server/viewer.ts';
import { type CampaignsRows, campaigns } from '../../subgraphs/campaigns/index.ts';
import { openSubgraph } from '../../subgraphs/openSubgraph.ts';
import type { Door, LoadOptions } from '../../subgraphs/subgraph.ts';
import { testNow } from '../harness/doors.ts';
import { countCommands } from '../harness/price.ts';
import { treeOf } from '../harness/trees.ts';
import { testVolumes } from '../harness/volumes.ts';

interface Answer extends FormattedExecutionResult {
  /** How many MongoDB commands it took. */
  readonly commands: number;
}

/** The rows of the seed, to count by hand. */
export type SeededRows = {
  readonly [Key in keyof CampaignsRows]: CampaignsRows[Key] extends Iterable<infer Row>
    ? readonly Row[]
    : never;
};

export interface CampaignsDoor {
  readonly door: Door<CampaignsRows>;
  readonly connection: Connection;
  readonly rows: SeededRows;
  /** Gives the id of a unit. */
  readonly idOf: (code: string) => string;
  /** Asks the door, as the ministry unless told otherwise. */
  readonly ask: (document: string, variables?: Record<string, unknown>, viewer?: Viewer) => Promise<Answer>;
  /** What the door believes to be now; a test may turn it. */
  readonly clock: { now: Date };
  /** Resolves when every event of what was written is counted in the cubes. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Gives the data of an answer that must have no errors. */
export function dataOf<Data>({ data, errors }: FormattedExecutionResult): Data {
  if (errors || !data) throw new Error(`The answer has errors: ${JSON.stringify(errors)}`);
  return data as Data;
}

/** A viewer of a role whose part of the tree begins at a path. */
export const viewerOf = (role: Viewer['role'], unitPath: string | null = null): Viewer => ({
  ...demoViewer,
  subject: `test-${role}`,
  role,
  unitPath,
});

/** Small, but with whole provinces of reports, every kind of child campaign and clusters of three. */
const campaignVolumes: Volumes = {
  ...testVolumes,
  tree: {
    ...testVolumes.tree,
    provinces: ['01', '31', '44', '45', '46'],
    districts: 3,
    communes: 3,
    departments: 10,
  },
  childCampaigns: 15,
  participations: 90,
  reports: 280,
  articles: 30,
  clusters: 4,
};

/** Generators can be read once only. */
const listed = (rows: CampaignsRows): SeededRows => ({
  units: [...rows.units],
  campaigns: [...rows.campaigns],
  contentItems: [...rows.contentItems],
  indicators: [...rows.indicators],
  targets: [...rows.targets],
  participations: [...rows.participations],
  reports: [...rows.reports],
  articles: [...rows.articles],
  clusters: [...rows.clusters],
  scores: [...rows.scores],
});

/**
 * Opens the door of campaigns over a database of its own, seeded with the plan and a little around it; with its cubes,
 * unless these may come `LATER`: then it is quicker, and sums are read from the rows.
 */
export async function openCampaigns(
  volumes: Volumes = campaignVolumes,
  cubes?: LoadOptions['cubes'],
): Promise<CampaignsDoor> {
  const connection = await createConnection(inject('mongodbUri'), {
    dbName: `test_campaigns_${randomUUID().slice(0, 8)}`,
    autoIndex: false,
    autoCreate: false,
    monitorCommands: true,
  }).asPromise();
  const clock = { now: testNow };
  const door = openSubgraph(campaigns, {
    connection,
    now: () => clock.now,
    logUnexpected: (error) => console.error('unexpected error behind the door', error),
  });
  await door.migrate();
  const rows = listed(buildCampaigns(volumes, treeOf(volumes)).rows);
  await door.load('test', () => rows, { cubes });
  const price = countCommands(connection);
  const settled = async () => {
    const nobody = { events: async () => [] };
    const onError = (error: unknown) => console.error('unexpected error behind the door', error);
    const work = door.start({ feedOf: () => nobody, onError });
    await vi.waitUntil(() => isCounted(door), { timeout: 30_000, interval: 20 });
    await work.stop();
  };
  return {
    door,
    settled,
    connection,
    clock,
    rows,
    idOf: (code) => rows.units.find((unit) => unit.code === code)?.id ?? `no unit ${code}`,
    ask: async (document, variables = {}, viewer = demoViewer) => {
      price.take();
      const answer = await door.ask({ document, variables, viewer, requestId: 'test' });
      const commands = Object.values(price.take()).reduce((sum, count) => sum + count, 0);
      // As it travels: a plain copy compares as a client sees it.
      return { ...(JSON.parse(JSON.stringify(answer)) as FormattedExecutionResult), commands };
    },
    close: async () => {
      price.stop();
      await connection.dropDatabase();
      await connection.close();
    },
  };
}

async function isCounted(door: Pick<Door, 'name' | 'status'>): Promise<boolean> {
  const { pending, lastSeq, follows } = await door.status();
  const own = follows.find(({ source }) => source === door.name);
  return pending === 0 && (own?.position ?? 0) >= lastSeq;
}
