import type { Config } from '../server/config.ts';
import { piiKeysOf } from '../server/piiKey.ts';
import type { Secrets } from './records/secrets.ts';
import type { SubgraphName } from './registry.ts';

/** Which subgraphs keep personal data at rest under a key: only these are given it. */
const keepers: ReadonlySet<SubgraphName> = new Set(['activities']);

/**
 * Gives the keys that a subgraph is opened with.
 * @throws ConfigError in production, for a subgraph that needs a key which is not set.
 */
export const secretsOf = (name: SubgraphName, config: Config): Secrets => ({
  pii: keepers.has(name) ? piiKeysOf(config) : [],
  retentionMonths: config.piiRetentionMonths,
});
