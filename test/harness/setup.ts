import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { seed } from '../../database/seed/seed.ts';
import { processEnvironment } from '../../server/config.ts';
import { type Database, startTestDatabase } from './database.ts';
import { openDoors } from './doors.ts';
import { testVolumes } from './volumes.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The MongoDB of this run; the path is free for a database of a test's own. */
    mongodbUri: string;
    /** The name of the seeded database, which no test writes to. */
    sharedDatabase: string;
  }
}

/**
 * Runs once before all tests: one database server (MONGODB_URI, or an embedded one in a temporary directory on a free
 * port), and in it one seeded database that all read.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'graph-test-'));
  const database: Database = await startTestDatabase(directory, processEnvironment().env.MONGODB_URI);
  const name = `test_shared_${process.pid}`;
  const opened = await openDoors(database.uri, name);
  for (const door of Object.values(opened.doors)) await door.migrate();
  await seed({ doors: opened.doors, name: 'test', volumes: testVolumes });
  project.provide('mongodbUri', database.uri);
  project.provide('sharedDatabase', name);
  return async () => {
    await opened.connection.dropDatabase();
    await opened.connection.close();
    await database.stop();
    await rm(directory, { recursive: true, force: true });
  };
}
