import { expect, inject, test } from 'vitest';
import { startDatabase } from './server.ts';
import { temporaryDirectory } from './testing/database.ts';
import { fuzz } from './testing/fuzz.ts';
import { killRepeatedly } from './testing/kills.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** How many kills: KILLS, 200 unless it is set. */
    kills: number;
  }
}

test('killed again and again under load, it loses nothing that it acknowledged', async () => {
  const kills = inject('kills');
  const report = await killRepeatedly(kills, Date.now() % 1_000_000);
  expect(report.faults).toEqual([]);
  expect(report.acknowledged).toBeGreaterThan(kills * 10);
  expect(report.slowestStart).toBeLessThan(1000);
});

test('a hundred thousand broken messages: no crash, no leak', async () => {
  const reported: Error[] = [];
  const database = await startDatabase({
    dir: temporaryDirectory(),
    port: 0,
    report: (error) => reported.push(error),
  });
  await fuzz(database.port, 10_000, 2);
  const before = process.memoryUsage().rss;
  await fuzz(database.port, 90_000, 3);
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  expect(reported).toEqual([]);
  await expect.poll(() => database.engine.counters.connections).toBe(0);
  await database.close();
});
