import { expect, inject, test } from 'vitest';
import { surviveKills } from './survival.ts';

test('processes killed while they write leave nothing half done, and nothing acknowledged is lost', async () => {
  const { records } = await surviveKills(inject('mongodbUri'), 3);
  expect(records).toBeGreaterThan(10);
}, 120_000);
