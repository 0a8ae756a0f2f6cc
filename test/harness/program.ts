import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { processEnvironment } from '../../server/config.ts';

/** The program as `npm start` gives it, in an empty directory of its own with the demo seed. */
export interface Program {
  readonly url: string;
  /** Its DATA_DIR. */
  readonly directory: string;
  /** Sends one request; gives the answer as it came. */
  readonly ask: (request: Request) => Promise<unknown>;
  /** Gives the text at a path. */
  readonly get: (path: string) => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** What is asked, and the `x-demo-viewer` that asks; the demo ministry where there is none. */
export interface Request {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly viewer?: string;
}

/** Starts what `npm start` starts, on a directory of its own; `env` says what is set besides. */
export async function startProgram(env: Readonly<Record<string, string>> = {}): Promise<Program> {
  const directory = mkdtempSync(join(tmpdir(), 'program-'));
  const { PATH, HOME } = processEnvironment().env;
  const program = spawn(process.execPath, ['--import', '#typescript', 'main.ts'], {
    env: { PATH, HOME, DATA_DIR: directory, PORT: '0', LOG_LEVEL: 'info', DASHBOARD: 'off', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await readyUrl(program);
  return {
    url,
    directory,
    ask: async ({ viewer, ...request }) => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(viewer && { 'x-demo-viewer': viewer }) },
        body: JSON.stringify(request),
      });
      return response.json();
    },
    get: async (path) => (await fetch(url + path)).text(),
    stop: async () => {
      program.kill('SIGTERM');
      if (program.exitCode === null) await once(program, 'exit');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** The program logs its address when it answers. */
async function readyUrl(program: ChildProcess): Promise<string> {
  if (!program.stdout) throw new Error('the program has no output');
  for await (const line of createInterface({ input: program.stdout })) {
    const entry = JSON.parse(line) as { msg: string; url?: string };
    if (entry.msg === 'ready' && entry.url) return entry.url;
  }
  throw new Error('the program ended before it was ready');
}
