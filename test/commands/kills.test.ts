import { expect, test } from 'vitest';
import { surviveKills } from './survival.ts';

test('processes killed while they write leave nothing half done, and nothing acknowledged is lost', async () => {
  const { records } = await surviveKills(2);
  expect(records).toBeGreaterThan(10);
}, 300_000);
