import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { constants, setPriority } from 'node:os';
import { dirname, join, resolve } from 'node:path';

// Its package exports no path to its program.
const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js');

/**
 * Builds the pages in `source` into `target`, in a process of its own, so that what the bundler needs of memory goes with
 * it. Two that build the same do not meet: each builds beside the target, and the first to end is taken.
 * @throws what the bundler had to say, when it fails; an AbortError when `signal` ends it.
 */
export async function build(source: string, target: string, signal: AbortSignal): Promise<void> {
  const parent = dirname(resolve(target));
  await mkdir(parent, { recursive: true });
  const beside = join(parent, `.building-${randomBytes(6).toString('hex')}`);
  try {
    await bundle(source, beside, signal);
    await rename(beside, target).catch((error: unknown) => {
      if (!existsSync(target)) throw error;
    });
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

async function bundle(source: string, outDir: string, signal: AbortSignal): Promise<void> {
  const child = spawn(
    process.execPath,
    [vite, 'build', source, '--outDir', outDir, '--logLevel', 'warn', '--configLoader', 'runner'],
    { signal, stdio: ['ignore', 'pipe', 'pipe'], env: { NODE_ENV: 'production', NO_COLOR: '1' } },
  );
  // Whoever asks the graph meanwhile need not wait for it.
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  const said: Buffer[] = [];
  for (const output of [child.stdout, child.stderr]) output.on('data', (chunk) => said.push(chunk));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`vite build ended with ${code}: ${Buffer.concat(said).toString().trim()}`);
}
