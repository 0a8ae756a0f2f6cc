import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// graphql has a CommonJS and an ES build. Node gives the first to everybody; vite would give the second to our files
// only, and a schema of one is no schema to the other.
const resolve = {
  alias: [{ find: /^graphql$/u, replacement: createRequire(import.meta.url).resolve('graphql') }],
};
const shared = { expect: { requireAssertions: true }, testTimeout: 30_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    // What was translated once is not translated again until it changes.
    experimental: { fsModuleCache: true },
    // On two cores vitest would leave one to itself, which waits most of the time.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        resolve,
        test: {
          ...shared,
          name: 'main',
          // Importing opens nothing (HOUSE, Habits 4), so that files may share what they import: half of the time.
          isolate: false,
          globalSetup: ['test/harness/setup.ts'],
          include: ['**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/*.long.test.ts', '**/*.browser.test.ts'],
        },
      },
      {
        resolve,
        test: {
          ...shared,
          name: 'browser',
          globalSetup: ['test/harness/setup.ts', 'test/browser/dashboard/setup.ts'],
          include: ['**/*.browser.test.ts'],
        },
      },
      {
        resolve,
        test: {
          ...shared,
          name: 'long',
          include: ['**/*.long.test.ts'],
          testTimeout: 3_600_000,
          provide: { kills: Number(process.env.KILLS ?? 200) },
        },
      },
    ],
  },
});
