import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startProgram } from '../../harness/program.ts';
import { pagesBuilt } from '../pagesBuilt.ts';

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
    await pagesBuilt(program.url);
  } catch (error) {
    await program.stop();
    throw error;
  }
  project.provide('programUrl', program.url);
  project.provide('builtPages', join(program.directory, 'client'));
  return program.stop;
}
