import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { ConfigError } from './startError.ts';

const randomKey = (): string => randomBytes(32).toString('base64url');

/**
 * Gives the key that development uses where none is set, as text (32 bytes in base64url where `make` says nothing else):
 * made once in DATA_DIR/keys, for the owner only, by the first process that asks.
 */
export function madeKey({ dataDir }: Pick<Config, 'dataDir'>, name: string, make = randomKey): string {
  const directory = join(dataDir, 'keys');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  chmodSync(directory, 0o700);
  const file = join(directory, name);
  const own = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(own, make(), { mode: 0o600 });
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

/** Production makes no keys. @throws ConfigError that names the variable and says what it wants. */
export function refuseMissingKey(variable: string, wanted: string): never {
  throw new ConfigError([{ variable, message: `is not set; production wants ${wanted}` }]);
}
