import type { Config, NamedKey } from './config.ts';
import { madeKey, refuseMissingKey } from './madeKey.ts';

/**
 * Gives the keys that personal data is kept under, the current one first: PII_KEY, or in development one that is made in
 * DATA_DIR/keys.
 * @throws ConfigError in production without PII_KEY.
 */
export function piiKeysOf(config: Config): readonly NamedKey[] {
  if (config.piiKeys) return config.piiKeys;
  if (!config.production) return [{ id: 'made', key: Buffer.from(madeKey(config, 'pii'), 'base64url') }];
  return refuseMissingKey('PII_KEY', 'id:base64 of 32 bytes, kept outside of MongoDB and of its backups');
}
