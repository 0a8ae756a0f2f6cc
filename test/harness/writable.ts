import { randomUUID } from 'node:crypto';
import type { FormattedExecutionResult } from 'graphql';
import type { Connection } from 'mongoose';
import { inject, vi } from 'vitest';
import { type SeedDoors, seed } from '../../database/seed/seed.ts';
import type { Volumes } from '../../database/seed/volumes.ts';
import { demoViewer, type Viewer } from '../../server/viewer.ts';
import { type DoorName, isSettled, names, startBehind } from './behind.ts';
import { openDoors } from './doors.ts';
import { testVolumes } from './volumes.ts';

/** Four doors over a database of their own that a test may write to, with everything behind them at work. */
export interface WritableDoors {
  readonly connection: Connection;
  readonly doors: SeedDoors;
  /** Asks one door. Throws when the answer has errors: a test that wants them asks the door itself. */
  readonly ask: (
    door: DoorName,
    document: string,
    variables?: Readonly<Record<string, unknown>>,
    viewer?: Viewer,
    // biome-ignore lint/suspicious/noExplicitAny: tests compare answers as they are
  ) => Promise<any>;
  /** Resolves when every event is numbered and every copy has applied it. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens the four doors over a new database, fills it, and starts what goes on behind them. */
export async function openWritable(volumes: Volumes = testVolumes, now?: Date): Promise<WritableDoors> {
  const { connection, doors } = await openDoors(
    inject('mongodbUri'),
    `test_${randomUUID().slice(0, 8)}`,
    now,
  );
  for (const name of names) await doors[name].migrate();
  await seed({ doors, name: 'test', volumes });
  const works = startBehind(doors);
  return {
    connection,
    doors,
    ask: async (door, document, variables, viewer = demoViewer) => {
      const answer: FormattedExecutionResult = await doors[door].ask({
        document,
        variables,
        viewer,
        requestId: 'test',
      });
      if (answer.errors) throw new Error(JSON.stringify(answer.errors));
      return answer.data;
    },
    settled: () => vi.waitUntil(() => isSettled(doors), { timeout: 30_000, interval: 50 }).then(() => {}),
    close: async () => {
      await Promise.all(works.map((work) => work.stop()));
      await connection.dropDatabase();
      await connection.close();
    },
  };
}
