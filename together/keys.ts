import { type TokenSettings, tokenSettings } from '../gateway/access/tokens/settings.ts';
import type { Config } from '../server/config.ts';
import type { Secrets } from '../subgraphs/records/secrets.ts';
import { type SubgraphName, subgraphNames } from '../subgraphs/registry.ts';
import { secretsOf } from '../subgraphs/secrets.ts';

/** What gateway and subgraphs are opened with, and nobody else is told. */
export interface Keys {
  readonly secrets: ReadonlyMap<SubgraphName, Secrets>;
  readonly settings: TokenSettings;
}

/**
 * Gives the keys of a configuration; development makes those that are missing.
 * @throws ConfigError when one cannot be used, or is missing in production.
 */
export const keysOf = (config: Config): Keys => ({
  secrets: new Map(subgraphNames.map((name) => [name, secretsOf(name, config)])),
  settings: tokenSettings(config),
});
