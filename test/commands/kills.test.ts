import { expect, test } from 'vitest';
import { surviveKills, WRITES } from './survival.ts';

const KILLS = 2;

test('processes killed while they write leave nothing half done, and nothing acknowledged is lost', async () => {
  const { writes } = await surviveKills(KILLS);
  expect(writes).toBeGreaterThanOrEqual(KILLS * WRITES);
}, 300_000);
