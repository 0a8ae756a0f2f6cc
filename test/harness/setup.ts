import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
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
  const stop = async () => {
    await database.stop();
    await rm(directory, { recursive: true, force: true });
  };
  const name = `test_shared_${process.pid}`;
  try {
    const connection = await seedShared(database.uri, name);
    project.provide('mongodbUri', database.uri);
    project.provide('sharedDatabase', name);
    return async () => {
      await connection.dropDatabase();
      await connection.close();
      await stop();
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function seedShared(uri: string, name: string): Promise<Connection> {
  const { connection, doors } = await openDoors(uri, name);
  try {
    for (const door of Object.values(doors)) await door.migrate();
    await seed({ doors, name: 'test', volumes: testVolumes });
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}
