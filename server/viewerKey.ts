import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { ConfigError } from './startError.ts';

/**
 * Gives the key that gateway and subgraphs share: VIEWER_KEY, or in development one that the first of them makes in
 * DATA_DIR/keys.
 * @throws ConfigError in production without VIEWER_KEY.
 */
export function viewerKeyOf({ viewerKey, production, dataDir }: Config): string {
  if (viewerKey) return viewerKey;
  if (production) {
    const message =
      'is not set; production wants one of at least 32 characters, the same for gateway and subgraphs';
    throw new ConfigError([{ variable: 'VIEWER_KEY', message }]);
  }
  return madeKey(join(dataDir, 'keys'), 'viewer');
}

function madeKey(directory: string, name: string): string {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  chmodSync(directory, 0o700);
  const file = join(directory, name);
  const own = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(own, randomBytes(32).toString('base64url'), { mode: 0o600 });
  try {
    // A link appears whole or not at all, and only once: processes that start together agree on the first.
    linkSync(own, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(own);
  }
  return readFileSync(file, 'utf8');
}
