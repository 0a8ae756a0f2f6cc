import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

/** A server of the version before may still serve its pages while another starts beside it. */
const KEPT_MS = 24 * 60 * 60 * 1_000;

/**
 * Removes what was built for other contents, and what builds that were killed have left, once no server has taken it up
 * for a day; notes that the build of the name is taken up now.
 * @throws when the directory is not to be written to.
 */
export async function removeOldBuilds(directory: string, current: string, now = Date.now()): Promise<void> {
  const seconds = now / 1_000;
  await utimes(join(directory, current), seconds, seconds);
  for (const name of await readdir(directory)) {
    if (name === current) continue;
    const place = join(directory, name);
    // Another process may have removed it meanwhile.
    const { mtimeMs } = await stat(place).catch(() => ({ mtimeMs: now }));
    if (now - mtimeMs > KEPT_MS) await rm(place, { recursive: true, force: true });
  }
}
