import type { Announced } from '../server/announce.ts';
import type { Config } from '../server/config.ts';

/** Gives what a person who started a gateway at a terminal should know: where it is, and in development how to get in. */
export function waysIn(
  url: string,
  { production, jwks, dashboard }: Pick<Config, 'production' | 'jwks' | 'dashboard'>,
  partnerKey: string | null = null,
): Announced[] {
  return [
    ...(dashboard ? [['Look at it', `${url}/dashboard`] as const] : []),
    ['Ask it', `${url}/graphql`],
    ...(production ? [] : [['Explore it', `${url}/`] as const]),
    ...(production || jwks ? [] : [['A token', 'npm run token -- --role OFFICER --unit T01.1'] as const]),
    ...(partnerKey ? [['As a partner', `x-api-key: ${partnerKey}`] as const] : []),
    ['Stop it', 'Ctrl-C'],
  ];
}
