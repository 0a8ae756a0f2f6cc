import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

/** A key of an issuer of the tests. */
export interface IssuerKey {
  readonly kid: string;
  readonly jwk: JWK;
  readonly sign: (claims: JWTPayload, header?: Readonly<Record<string, string>>) => Promise<string>;
}

export const trust = { issuer: 'https://issuer.example', audience: 'emulation-graph', clockSkewMs: 30_000 };

/** What a good token of an officer says, an hour long. */
export const goodClaims = (): JWTPayload => ({
  iss: trust.issuer,
  aud: trust.audience,
  sub: 'an',
  role: 'OFFICER',
  unitPath: '/BCA/T01.1/',
  exp: seconds(3_600),
});

/** The time so many seconds from now, as claims write it. */
export const seconds = (fromNow: number): number => Math.floor(Date.now() / 1_000) + fromNow;

/** Makes a key of an issuer. */
export async function issuerKey(kid: string, alg = 'ES256'): Promise<IssuerKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg);
  return {
    kid,
    jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' },
    sign: (claims, header = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg, kid, ...header }).sign(privateKey),
  };
}

/** The issuer's keys as it publishes them. */
export const published = (...keys: readonly IssuerKey[]): string =>
  JSON.stringify({ keys: keys.map(({ jwk }) => jwk) });
