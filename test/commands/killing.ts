import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** The program that writes, to be bundled. */
export const writers = new URL('./writers.ts', import.meta.url);

/** What killed writers had been told was done: how many writes, and the highest version of each record. */
export interface Acknowledged {
  writes: number;
  readonly versions: Map<string, { readonly type: string; readonly version: number }>;
}

/**
 * Starts the bundled writer in `file`, lets it do at least `writes` writes and up to `more` milliseconds, and kills it with SIGKILL.
 * Adds what it had been told to `acknowledged`. Throws when it ended by itself.
 */
export async function writeAndKill(
  { file, uri, database }: { readonly file: string; readonly uri: string; readonly database: string },
  { writes, more }: { readonly writes: number; readonly more: number },
  acknowledged: Acknowledged,
): Promise<void> {
  const child = spawn(process.execPath, [file, uri, database], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let words = '';
  child.stderr?.on('data', (chunk) => {
    words += String(chunk);
  });
  const exited = once(child, 'exit');
  await someWrites(child, writes, acknowledged);
  await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, more))]);
  child.kill('SIGKILL');
  const [, signal] = (await exited) as [number | null, string | null];
  if (signal !== 'SIGKILL') throw new Error(`the writer ended by itself: ${words}`);
}

async function someWrites(child: ChildProcess, writes: number, acknowledged: Acknowledged): Promise<void> {
  if (!child.stdout) return;
  const lines = createInterface({ input: child.stdout });
  await new Promise<void>((resolve) => {
    let done = 0;
    lines.on('line', (line) => {
      const [word, type = '', id = '', version = '0'] = line.split(' ');
      if (word !== 'done') return;
      acknowledged.writes += 1;
      const known = acknowledged.versions.get(id)?.version ?? 0;
      acknowledged.versions.set(id, { type, version: Math.max(known, Number(version)) });
      done += 1;
      if (done >= writes) resolve();
    });
    child.once('exit', () => resolve());
  });
}
