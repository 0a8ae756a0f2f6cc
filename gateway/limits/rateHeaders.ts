import { GraphError } from '../../server/errors.ts';
import type { Standing, Taking } from './meter.ts';

/**
 * The header fields that say how quotas stand: draft-ietf-httpapi-ratelimit-headers-10, two lists of Structured Fields.
 * `q` is the quota, `w` its window in seconds; `r` is what remains, `t` the seconds until the quota is there again.
 */
export const rateLimitHeaders = (standings: readonly Standing[]): Record<string, string> =>
  standings.length === 0
    ? {}
    : {
        'ratelimit-policy': listOf(standings, ({ quota }) => `q=${quota.limit};w=${quota.seconds}`),
        ratelimit: listOf(standings, ({ remaining, reset }) => `r=${remaining};t=${reset}`),
      };

const listOf = (standings: readonly Standing[], parameters: (standing: Standing) => string): string =>
  standings.map((standing) => `"${standing.quota.name}";${parameters(standing)}`).join(', ');

/** The refusal of what a quota has no room for, with what there is to know of it. */
export const rateLimited = ({ quota, used, reset }: Taking, what: string): GraphError =>
  new GraphError(
    'RATE_LIMITED',
    `${what} may be asked ${quota.limit} times in ${spanOf(quota.seconds)}; ${used} are used up. Ask again in ${reset} s.`,
    { params: { limit: quota.limit, used, reset } },
  );

/** `retry-after` in seconds, at least one (RFC 9110, 10.2.3). */
export const retryAfter = ({ reset }: Standing): string => String(Math.max(1, reset));

const spanOf = (seconds: number): string => {
  switch (seconds) {
    case 60:
      return 'a minute';
    case 3_600:
      return 'an hour';
    case 86_400:
      return 'a day';
    default:
      return seconds === 1 ? 'a second' : `${seconds} s`;
  }
};
