import { expect, test } from 'vitest';
import { killRepeatedly } from './testing/kills.ts';

test('ten kills lose nothing that was acknowledged and leave nothing half done', {
  timeout: 120_000,
}, async () => {
  const report = await killRepeatedly(10, 2021);
  expect(report.faults).toEqual([]);
  expect(report.acknowledged).toBeGreaterThan(100);
  expect(report.slowestStart).toBeLessThan(1000);
});
