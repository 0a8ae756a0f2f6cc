import { hash } from 'node:crypto';
import { Recent } from '../../../server/recent.ts';
import type { Viewer } from '../../../server/viewer.ts';
import type { Credential, Presented } from '../identity.ts';
import type { KeySet } from './keySet.ts';
import { unfitCredentials } from './refusals.ts';
import { type Trust, type Verified, verify } from './verify.ts';

/** What the keys of partner apps begin with; they come in the same header and are somebody else's to check. */
const PARTNER_KEY = /^emu_/u;
const BEARER = /^Bearer +(?<token>\S+)$/iu;
const TOKEN_IN_URL = /[?&](access_token|id_token|token)=/iu;

/** How many verified tokens are remembered, the least used forgotten first. */
const REMEMBERED = 10_000;

/**
 * The credential of persons and dashboards: a JWT in `Authorization: Bearer`. A token is verified once (some 100 µs) and
 * then known by its hash until it expires or the issuer's keys change.
 */
export function bearerToken(keys: KeySet, trust: Trust, now: () => number = Date.now): Credential {
  const known = new VerifiedTokens(REMEMBERED);
  const verifyNow = async (token: string, name: string, version: string | null): Promise<Viewer> => {
    const verified = await verify(token, keys, trust);
    // Keys that changed meanwhile may be others than those it was verified by.
    if (keys.version() === version) known.add(name, version, verified);
    return verified.viewer;
  };
  return ({ headers, url }) => {
    refuseInUrl(url);
    const token = tokenOf(headers);
    if (token === null) return null;
    const version = keys.version();
    const name = hash('sha256', token, 'base64');
    return known.get(name, version, now())?.viewer ?? verifyNow(token, name, version);
  };
}

function refuseInUrl(url: string): void {
  if (!TOKEN_IN_URL.test(url)) return;
  throw unfitCredentials(
    'A token in the address of a request ends in logs and histories: send it in the header Authorization: Bearer …, and have this one withdrawn.',
  );
}

function tokenOf({ authorization }: Presented['headers']): string | null {
  if (authorization === undefined) return null;
  const token = BEARER.exec(authorization.trim())?.groups?.token;
  if (!token) throw unfitCredentials('The header Authorization takes Bearer and one token or key.');
  return PARTNER_KEY.test(token) ? null : token;
}

/** The tokens that were verified by the present keys, by their hash. */
class VerifiedTokens {
  readonly #tokens: Recent<Verified>;
  #version: string | null = null;

  constructor(size: number) {
    this.#tokens = new Recent(size);
  }

  get(name: string, version: string | null, now: number): Verified | undefined {
    this.#goOverTo(version);
    const found = this.#tokens.get(name);
    if (!found || found.until > now) return found;
    this.#tokens.delete(name);
    return undefined;
  }

  add(name: string, version: string | null, verified: Verified): void {
    this.#goOverTo(version);
    if (version !== null) this.#tokens.set(name, verified);
  }

  #goOverTo(version: string | null): void {
    if (version !== null && version === this.#version) return;
    this.#tokens.clear();
    this.#version = version;
  }
}
