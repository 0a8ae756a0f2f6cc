import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';

const peers = new URL('../peers/', import.meta.url);
const lock = new URL('package-lock.json', peers);
/** npm writes this file last. */
const installed = new URL('node_modules/.package-lock.json', peers);

/** Where a file of the peers' own package stands. */
export const peerFile = (path: string): string => new URL(path, peers).pathname;

/**
 * Installs the peers into their own directory, unless they stand there as the lock file has them. They are some 700 MB
 * that nobody needs who does not measure.
 * @throws when npm fails.
 */
export async function installPeers(): Promise<void> {
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  process.stderr.write(`Installing the peers to measure beside, with npm ci in ${peers.pathname}\n`);
  // Their packages need no scripts of their own, and none is given the chance.
  const npm = spawn('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: peers.pathname,
    stdio: ['ignore', 2, 2],
  });
  const [code] = await once(npm, 'exit');
  if (code !== 0) throw new Error(`npm ci in ${peers.pathname} ended with ${code}.`);
}
