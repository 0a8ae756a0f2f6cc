import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import { processEnvironment } from '../../server/config.ts';
import { startTestDatabase } from '../harness/database.ts';
import { surviveKills } from './survival.ts';

declare module 'vitest' {
  interface ProvidedContext {
    kills: number;
  }
}

test('fifty processes killed while they write leave nothing half done', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'kills-test-'));
  const database = await startTestDatabase(directory, processEnvironment().env.MONGODB_URI);
  onTestFinished(async () => {
    await database.stop();
    await rm(directory, { recursive: true, force: true });
  });
  const kills = Math.min(50, inject('kills'));
  const { records } = await surviveKills(database.uri, kills);
  expect(records).toBeGreaterThan(kills);
});
