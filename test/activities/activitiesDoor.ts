import { randomUUID } from 'node:crypto';
import type { FormattedExecutionResult } from 'graphql';
import { type Connection, createConnection } from 'mongoose';
import { inject, vi } from 'vitest';
import { buildActivities, type SeedActivities } from '../../database/seed/activities/activities.ts';
import { buildCampaigns } from '../../database/seed/campaigns/campaigns.ts';
import type { SeedTree } from '../../database/seed/units/tree.ts';
import type { Volumes } from '../../database/seed/volumes.ts';
import type { DomainEvent } from '../../schema/events.ts';
import { demoViewer, type Viewer } from '../../server/viewer.ts';
import { type ActivitiesRows, activities } from '../../subgraphs/activities/index.ts';
import { openSubgraph } from '../../subgraphs/openSubgraph.ts';
import type { Door, LoadOptions, SecretKey } from '../../subgraphs/subgraph.ts';
import { testKey, testNow } from '../harness/doors.ts';
import { countCommands } from '../harness/price.ts';
import { treeOf } from '../harness/trees.ts';
import { testVolumes } from '../harness/volumes.ts';

/** An answer of the activities door, and how many MongoDB commands it took. */
export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: tests compare answers as they are
  readonly data: any;
  readonly errors: FormattedExecutionResult['errors'];
  readonly commands: number;
}

export interface OpenedActivities {
  readonly door: Door<ActivitiesRows>;
  readonly connection: Connection;
  readonly tree: SeedTree;
  readonly seed: SeedActivities;
  readonly ask: (
    document: string,
    variables?: Readonly<Record<string, unknown>>,
    viewer?: Viewer,
  ) => Promise<Answer>;
  /** Resolves when every event of what was written is counted in the cubes, and the given events of units are followed. */
  readonly settled: (units?: readonly DomainEvent[]) => Promise<void>;
  /** Builds the cubes anew: a test wrote past the commands, of which no event tells. */
  readonly recounted: () => Promise<void>;
  /** Errors that a client sees masked; a test that causes one takes it away, `close` throws what is left. */
  readonly unexpected: unknown[];
  readonly close: () => Promise<void>;
}

export const CAMPAIGN = 'BCA-2021-COVID-TDDB';

interface Options {
  /** Another size than the shared seed's; the test then has a database of its own. */
  readonly volumes?: Volumes;
  /** Whether the test writes; it then has a database of its own. */
  readonly writes?: boolean;
  /** Whether a database of its own has its cubes; `LATER` is quicker, and sums are then read from the rows. */
  readonly cubes?: LoadOptions['cubes'];
  /** The keys of personal data; the first is current. */
  readonly pii?: readonly SecretKey[];
  /** Opens another door over the database of an opened one, such as one with other keys; it is not seeded again. */
  readonly over?: Connection;
}

/** Opens the activities door over the shared database, or one of its own that `close` drops; today is 2026-01-15. */
export async function openActivities({
  volumes,
  writes,
  cubes,
  pii,
  over,
}: Options = {}): Promise<OpenedActivities> {
  const isOwn = volumes !== undefined || writes === true;
  const connection = await createConnection(inject('mongodbUri'), {
    dbName: over?.name ?? (isOwn ? `test_${randomUUID().slice(0, 8)}` : inject('sharedDatabase')),
    autoIndex: false,
    autoCreate: false,
    monitorCommands: true,
  }).asPromise();
  const unexpected: unknown[] = [];
  const door = openSubgraph(activities, {
    connection,
    now: () => testNow,
    secrets: { pii: pii ?? [testKey('test')] },
    logUnexpected: (error) => unexpected.push(error),
  });
  const size = volumes ?? testVolumes;
  const tree = treeOf(size);
  const seed = buildActivities(size, tree, buildCampaigns(size, tree).copies);
  if (isOwn) {
    await door.migrate();
    await door.load('test', () => seed.rows, { cubes });
  }
  const counter = countCommands(connection);
  const settled = async (units: readonly DomainEvent[] = []) => {
    const told = (source: string) => (source === 'units' ? units : []);
    const feedOf = (source: string) => ({
      events: async ({ after }: { after: number }) => told(source).filter(({ seq }) => seq > after),
    });
    const work = door.start({ feedOf, onError: (error) => unexpected.push(error) });
    await vi.waitUntil(() => isCounted(door, units.at(-1)?.seq ?? 0), { timeout: 30_000, interval: 20 });
    await work.stop();
  };
  return {
    door,
    connection,
    tree,
    seed,
    unexpected,
    settled,
    recounted: async () => {
      await door.rebuild();
    },
    ask: async (document, variables, viewer = demoViewer) => {
      counter.take();
      const { data, errors } = await door.ask({ document, variables, viewer, requestId: 'test' });
      return { data, errors, commands: counter.take().activities ?? 0 };
    },
    close: async () => {
      counter.stop();
      if (isOwn) await connection.dropDatabase();
      await connection.close();
      if (unexpected.length > 0) throw new AggregateError(unexpected, 'Unexpected errors behind the door.');
    },
  };
}

async function isCounted(door: Pick<Door, 'name' | 'status'>, units: number): Promise<boolean> {
  const { pending, lastSeq, follows } = await door.status();
  const ends = new Map([
    [door.name, lastSeq],
    ['units', units],
  ]);
  return pending === 0 && follows.every(({ source, position }) => position >= (ends.get(source) ?? 0));
}

/** The codes of an answer's errors. */
export const codesOf = ({ errors }: Pick<Answer, 'errors'>): unknown[] =>
  (errors ?? []).map(({ extensions }) => extensions?.code);
