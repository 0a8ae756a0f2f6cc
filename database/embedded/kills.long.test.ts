import { expect, test } from 'vitest';
import { startDatabase } from './server.ts';
import { temporaryDirectory } from './testing/database.ts';
import { fuzz } from './testing/fuzz.ts';
import { killRepeatedly } from './testing/kills.ts';

test('two hundred kills', async () => {
  const report = await killRepeatedly(200, Date.now() % 1_000_000);
  expect(report.faults).toEqual([]);
  expect(report.acknowledged).toBeGreaterThan(2000);
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
