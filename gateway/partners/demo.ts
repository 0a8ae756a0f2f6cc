import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from '../../server/config.ts';
import { isDevelopment } from '../development.ts';
import { createPartner } from './acts.ts';
import { partnerOf } from './key.ts';
import { manifestFiles } from './registry.ts';

const DEMO = 'demo';
const TEN_YEARS_MS = 3_650 * 86_400_000;

/**
 * Gives the key of the demo partner, which development has and nothing else: made when there are no partners yet, and
 * kept in DATA_DIR/keys, for the owner only. Null where there is none.
 */
export function demoKey(config: Config, operations: URL): string | null {
  if (!isDevelopment(config)) return null;
  const file = join(config.dataDir, 'keys', `partner-${DEMO}`);
  if (manifestFiles(config.partnersDir).length === 0) keep(file, makeDemo(config.partnersDir, operations));
  const kept = existsSync(file) ? readFileSync(file, 'utf8') : null;
  return kept !== null && partnerOf(kept) === DEMO ? kept : null;
}

function makeDemo(directory: string, operations: URL): string {
  const office = { directory, contracts: [], now: Date.now };
  const agreement = {
    ...{ name: 'Demo partner', contact: 'nobody@example.org', contract: 'partner', mode: 'OPEN' },
    scopes: ['awards:verify', 'export:read'],
    rate: { perSecond: 50 },
    dailyQuota: 1_000_000,
    cost: { perOperation: 1_000, perMinute: 100_000 },
    operations: partnersOperations(fileURLToPath(operations)),
  };
  return createPartner(office, DEMO, agreement, TEN_YEARS_MS).key;
}

const partnersOperations = (directory: string): string[] =>
  readdirSync(directory)
    .filter((name) => /^partner-.+\.graphql$/u.test(name))
    .map((name) => join(directory, name));

function keep(file: string, key: string): void {
  const directory = join(file, '..');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  chmodSync(directory, 0o700);
  writeFileSync(file, key, { mode: 0o600 });
}
