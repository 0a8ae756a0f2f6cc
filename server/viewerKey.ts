import type { Config } from './config.ts';
import { madeKey, refuseMissingKey } from './madeKey.ts';

/**
 * Gives the key that gateway and subgraphs share: VIEWER_KEY, or in development one that the first of them makes in
 * DATA_DIR/keys.
 * @throws ConfigError in production without VIEWER_KEY.
 */
export function viewerKeyOf(config: Config): string {
  if (config.viewerKey) return config.viewerKey;
  if (!config.production) return madeKey(config, 'viewer');
  return refuseMissingKey('VIEWER_KEY', 'one of at least 32 characters, the same for gateway and subgraphs');
}
