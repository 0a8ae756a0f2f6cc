import { importJWK, SignJWT } from 'jose';
import { viewerOf } from '../access/tokens/claims.ts';
import type { LocalKey } from '../access/tokens/localKey.ts';
import type { Trust } from '../access/tokens/verify.ts';

/** What a token is to say; `expiresIn` as jose takes it: 8h, 15m. */
export interface Wanted {
  readonly subject: string;
  readonly role: string;
  readonly unitPath: string | null;
  readonly scopes: readonly string[];
  readonly policies: readonly string[];
  readonly expiresIn: string;
}

/**
 * Makes a token that is signed with the local key.
 * @throws GraphError UNAUTHENTICATED when a gateway would not accept what it says.
 */
export async function mint(wanted: Wanted, { signing }: LocalKey, trust: Trust): Promise<string> {
  const { subject, role, unitPath, scopes, policies } = wanted;
  const claims = {
    role,
    ...(unitPath && { unitPath }),
    ...(scopes.length > 0 && { scopes }),
    ...(policies.length > 0 && { policies }),
  };
  viewerOf({ sub: subject, ...claims });
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', kid: signing.kid, typ: 'JWT' })
    .setSubject(subject)
    .setIssuer(trust.issuer)
    .setAudience(trust.audience)
    .setIssuedAt()
    .setExpirationTime(wanted.expiresIn)
    .sign(await importJWK(signing, 'EdDSA'));
}
