import { setFlagsFromString } from 'node:v8';
import { processEnvironment } from './config.ts';
import type { Environment } from './secretFiles.ts';
import type { Running } from './serve.ts';
import { StartError } from './startError.ts';

/**
 * Runs a program until SIGTERM or SIGINT, and then stops it; a second signal ends it at once.
 * A reason not to start is printed without a stack, and the process ends with 1.
 */
export async function run(start: (env: Environment, terminal: boolean) => Promise<Running>): Promise<void> {
  const { env, terminal } = processEnvironment();
  keepCode();
  const signal = firstSignal();
  try {
    const running = await start(env, terminal);
    await signal;
    await running.stop();
    process.exit(0);
  } catch (error) {
    end(error);
  }
}

/** Runs a task to its end; the process then ends with 0, or with 1 and the reason. */
export async function runOnce(task: (env: Environment, terminal: boolean) => Promise<void>): Promise<void> {
  const { env, terminal } = processEnvironment();
  try {
    await task(env, terminal);
    process.exit(0);
  } catch (error) {
    end(error);
  }
}

/**
 * V8 forgets functions that were not called for a while, with all it has learnt about them; after a pause of seconds a server
 * compiles and learns anew, and answered a sixth fewer requests for a time (`npm run bench -- peers` has such pauses).
 */
const keepCode = (): void => setFlagsFromString('--no-flush-bytecode');

function end(error: unknown): never {
  process.stderr.write(`${error instanceof StartError ? error.message : (error as Error).stack}\n`);
  process.exit(1);
}

function firstSignal(): Promise<void> {
  return new Promise((resolve) => {
    let signals = 0;
    for (const name of ['SIGTERM', 'SIGINT'] as const) {
      process.on(name, () => {
        signals += 1;
        if (signals > 1) process.exit(130);
        resolve();
      });
    }
  });
}
