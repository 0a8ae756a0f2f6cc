import { errors, jwtVerify } from 'jose';
import type { Viewer } from '../../../server/viewer.ts';
import { viewerOf } from './claims.ts';
import type { KeySet } from './keySet.ts';
import { invalidToken, keysUnavailable } from './refusals.ts';

/** Whose tokens are believed. */
export interface Trust {
  readonly issuer: string;
  readonly audience: string;
  readonly clockSkewMs: number;
}

/** Who asks, and until when that may be believed, in milliseconds of the epoch. */
export interface Verified {
  readonly viewer: Viewer;
  readonly until: number;
}

/** Signatures that take a private key: with a shared secret, whoever checks tokens could also make them (RFC 8725, 3.1). */
const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'];

/**
 * Checks a token: signature, issuer, audience, times, claims.
 * @throws GraphError UNAUTHENTICATED that says what is wrong, or IDENTITY_UNAVAILABLE when the keys cannot be had.
 */
export async function verify(token: string, keys: KeySet, trust: Trust): Promise<Verified> {
  const { payload } = await jwtVerify(token, keys.find, {
    algorithms,
    issuer: trust.issuer,
    audience: trust.audience,
    clockTolerance: trust.clockSkewMs / 1_000,
    requiredClaims: ['exp'],
  }).catch((error: unknown) => {
    throw refusalOf(error, trust);
  });
  const viewer = viewerOf(payload);
  return { viewer, until: Number(payload.exp) * 1_000 + trust.clockSkewMs };
}

function refusalOf(error: unknown, trust: Trust): Error {
  if (error instanceof errors.JWTExpired)
    return invalidToken(`it expired at ${new Date(Number(error.payload.exp) * 1_000).toISOString()}`);
  if (error instanceof errors.JWTClaimValidationFailed) return invalidToken(claimFault(error.claim, trust));
  if (error instanceof errors.JWKSNoMatchingKey)
    return invalidToken('it is signed with a key that the issuer does not have, or not any more');
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return invalidToken('its signature does not fit');
  if (error instanceof errors.JWKSMultipleMatchingKeys)
    return invalidToken('its header should name the key (kid), for the issuer has several');
  if (error instanceof errors.JOSEAlgNotAllowed)
    return invalidToken(`it should be signed by one of ${algorithms.join(', ')}`);
  const isMalformed = [errors.JWSInvalid, errors.JWTInvalid, errors.JOSENotSupported].some(
    (kind) => error instanceof kind,
  );
  return isMalformed ? invalidToken('it is malformed; a signed JWT is expected') : keysUnavailable(error);
}

function claimFault(claim: string, { issuer, audience }: Trust): string {
  switch (claim) {
    case 'iss':
      return `the wrong issuer made it (iss); it should be ${issuer}`;
    case 'aud':
      return `it is made for another audience (aud); it should be for ${audience}`;
    case 'nbf':
      return 'it is not valid yet (nbf)';
    default:
      return `its claim ${claim} is missing or no time`;
  }
}
