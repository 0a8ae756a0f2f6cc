import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestProject } from 'vitest/node';
import { type Program, startProgram } from '../../harness/program.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the program answers that all tests of the dashboard look at: with the demo seed, and written to by none. */
    programUrl: string;
    /** Where its pages lie, built. */
    builtPages: string;
  }
}

/** Runs once before all browser tests: the program as `npm start` gives it, with its pages built. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const program = await startProgram({ DASHBOARD: 'on' });
  try {
    await built(program);
  } catch (error) {
    await program.stop();
    throw error;
  }
  project.provide('programUrl', program.url);
  project.provide('builtPages', join(program.directory, 'client'));
  return program.stop;
}

async function built({ url }: Program): Promise<void> {
  for (let waited = 0; waited < 300; waited += 1) {
    const { ok } = await fetch(`${url}/dashboard/`);
    if (ok) return;
    await sleep(200);
  }
  throw new Error('The dashboard was not built within a minute.');
}
