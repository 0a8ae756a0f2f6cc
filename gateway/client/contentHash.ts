import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { BUILT } from './places.ts';

/**
 * Gives a name for what `client/` builds to: the same sources and the same packages give the same name, so that a build
 * that is there need not be made again.
 * @throws when the directory or the lock file cannot be read.
 */
export async function contentHash(source: string, lockFile: string): Promise<string> {
  const entries = await readdir(source, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(source, join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith(BUILT + sep) && !/\.test\.tsx?$/u.test(file))
    .toSorted();
  const hash = createHash('sha256').update(await readFile(lockFile));
  for (const file of files) {
    hash.update(`\0${file.replaceAll(sep, '/')}\0`).update(await readFile(join(source, file)));
  }
  return hash.digest('hex').slice(0, 16);
}
