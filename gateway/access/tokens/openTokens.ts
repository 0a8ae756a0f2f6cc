import type { Log } from '../../../server/log.ts';
import { ConfigError } from '../../../server/startError.ts';
import type { Credential } from '../identity.ts';
import { bearerToken } from './bearer.ts';
import { fixedKeys, type KeySet, keysOfFile, keysOfUrl, type OnBadKeys } from './keySet.ts';
import type { TokenSettings } from './settings.ts';

/** A kind of credential together with what keeps it up to date. */
export interface OpenCredential {
  readonly credential: Credential;
  readonly stop: () => Promise<void>;
}

/**
 * Opens the credential of persons and dashboards, and follows the keys of its issuer from now on.
 * @throws ConfigError when the keys cannot be used; a URL that does not answer is only logged.
 */
export function openTokens({ jwks, trust }: TokenSettings, log: Log): OpenCredential {
  const keys = openKeys(jwks, (error) =>
    log.warn({ error }, 'the keys of tokens could not be read again; those before stay'),
  );
  return { credential: bearerToken(keys, trust), stop: async () => keys.stop() };
}

function openKeys(source: string, onBad: OnBadKeys): KeySet {
  try {
    if (source.trimStart().startsWith('{')) return fixedKeys(source);
    return /^https?:/u.test(source) ? keysOfUrl(new URL(source), onBad) : keysOfFile(source, onBad);
  } catch (error) {
    const message = `should be the URL or the file of a JWK set, or a JWK set itself: ${(error as Error).message}`;
    throw new ConfigError([{ variable: 'JWKS', message }]);
  }
}
