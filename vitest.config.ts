import { defineConfig } from 'vitest/config';

const shared = { expect: { requireAssertions: true }, testTimeout: 30_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'main',
          include: ['**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/*.long.test.ts', '**/*.browser.test.ts'],
        },
      },
      { test: { ...shared, name: 'browser', include: ['**/*.browser.test.ts'] } },
      { test: { ...shared, name: 'long', include: ['**/*.long.test.ts'], testTimeout: 3_600_000 } },
    ],
  },
});
