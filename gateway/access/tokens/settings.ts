import type { Config } from '../../../server/config.ts';
import { ConfigError, type Mistake } from '../../../server/startError.ts';
import { localKey } from './localKey.ts';
import type { Trust } from './verify.ts';

/** What the environment says of tokens. */
export interface TokenSettings {
  readonly trust: Trust;
  /** A URL, a file, or a JWK set itself. */
  readonly jwks: string;
}

type TokenConfig = Pick<
  Config,
  'production' | 'dataDir' | 'jwks' | 'jwtIssuer' | 'jwtAudience' | 'jwtClockSkewMs'
>;

const wanted = {
  JWKS: 'the public keys of your issuer: a URL, a file, or the JSON itself',
  JWT_ISSUER: 'the claim iss of the tokens to accept',
  JWT_AUDIENCE: 'the claim aud of the tokens to accept',
};

/** The issuer of the tokens that this machine makes for itself, in development, and whom they are for. */
const LOCAL = { issuer: 'emulation-development', audience: 'emulation-graph' };

/**
 * Gives whose tokens are believed: the issuer's that the environment names, or in development this machine's own, whose
 * key is made when there is none yet. With JWKS set, the local key is not believed.
 * @throws ConfigError that lists each variable missing: in production, and where only some of them are set.
 */
export function tokenSettings(config: TokenConfig): TokenSettings {
  const { production, jwks, jwtIssuer, jwtAudience, jwtClockSkewMs: clockSkewMs } = config;
  if (production || jwks) {
    const set = { JWKS: jwks, JWT_ISSUER: jwtIssuer, JWT_AUDIENCE: jwtAudience };
    refuseMissing(set, production ? 'production wants' : 'beside JWKS it takes');
    return { jwks: jwks ?? '', trust: { issuer: jwtIssuer ?? '', audience: jwtAudience ?? '', clockSkewMs } };
  }
  const issuer = jwtIssuer ?? LOCAL.issuer;
  const audience = jwtAudience ?? LOCAL.audience;
  return { jwks: localKey(config).publicFile, trust: { issuer, audience, clockSkewMs } };
}

function refuseMissing(set: Readonly<Record<keyof typeof wanted, string | undefined>>, why: string): void {
  const mistakes: Mistake[] = (Object.keys(wanted) as (keyof typeof wanted)[])
    .filter((variable) => !set[variable])
    .map((variable) => ({ variable, message: `is not set; ${why} ${wanted[variable]}` }));
  if (mistakes.length > 0) throw new ConfigError(mistakes);
}
