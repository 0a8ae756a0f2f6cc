import { expect, inject, test } from 'vitest';
import { surviveKills, WRITES } from './survival.ts';

declare module 'vitest' {
  interface ProvidedContext {
    kills: number;
  }
}

test('fifty processes killed while they write leave nothing half done', async () => {
  const kills = Math.min(50, inject('kills'));
  const { writes } = await surviveKills(kills);
  expect(writes).toBeGreaterThanOrEqual(kills * WRITES);
});
