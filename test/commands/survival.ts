import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { bundled } from '../../database/embedded/testing/bundled.ts';
import { seed } from '../../database/seed/seed.ts';
import { processEnvironment } from '../../server/config.ts';
import { isSettled, startBehind } from '../harness/behind.ts';
import { startTestDatabase } from '../harness/database.ts';
import { openDoors } from '../harness/doors.ts';
import { testVolumes } from '../harness/volumes.ts';
import { disagreements, staleCopies } from './agreement.ts';
import { wrongCells } from './cells.ts';
import { type Acknowledged, writeAndKill, writers } from './killing.ts';

/** A transaction of a killed process holds what it wrote until the database ends it: in MongoDB after a minute. */
const TRANSACTION_SECONDS = 1;

/** How many writes a process is let do at least before it is killed. */
export const WRITES = 5;

const collections: Readonly<Record<string, string>> = {
  unit: 'units_units',
  campaign: 'campaigns_campaigns',
  report: 'campaigns_reports',
  activity: 'activities_activities',
  dossier: 'awards_dossiers',
};

/**
 * Kills a process that writes, again and again, and then looks at what is there: nothing that was acknowledged is lost,
 * no command is half done, the copies come to where their owners are, and the cubes have counted every event once.
 */
export async function surviveKills(kills: number): Promise<{ readonly writes: number }> {
  const directory = await mkdtemp(join(tmpdir(), 'kills-test-'));
  const server = await startTestDatabase(
    directory,
    processEnvironment().env.MONGODB_URI,
    TRANSACTION_SECONDS,
  );
  const { uri } = server;
  const database = `test_kills_${randomUUID().slice(0, 8)}`;
  const { connection, doors } = await openDoors(uri, database);
  const { file, remove } = await bundled(writers);
  try {
    for (const door of Object.values(doors)) await door.migrate();
    await seed({ doors, name: 'test', volumes: testVolumes });
    const acknowledged: Acknowledged = { writes: 0, versions: new Map() };
    for (let kill = 0; kill < kills; kill += 1) {
      await writeAndKill(
        { file, uri, database },
        { writes: WRITES, more: Math.random() * 700 },
        acknowledged,
      );
      expect(await disagreements(connection), `after kill ${kill + 1}`).toEqual([]);
    }
    const works = startBehind(doors);
    await vi.waitUntil(() => isSettled(doors), { timeout: 150_000, interval: 100 });
    await Promise.all(works.map((work) => work.stop()));
    expect(await disagreements(connection)).toEqual([]);
    expect(await staleCopies(connection)).toEqual([]);
    expect(await wrongCells(connection, doors)).toEqual([]);
    for (const [id, { type, version }] of acknowledged.versions) {
      const record = await connection
        .collection(collections[type] ?? type)
        .findOne({ _id: id as never }, { projection: { version: 1 } });
      expect(record?.version, `${type} ${id}`).toBeGreaterThanOrEqual(version);
    }
    return { writes: acknowledged.writes };
  } finally {
    remove();
    await connection.dropDatabase();
    await connection.close();
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
}
