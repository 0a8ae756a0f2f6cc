import { readFileSync } from 'node:fs';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  type JSONWebKeySet,
  type JWKSCacheInput,
  type JWTVerifyGetKey,
  jwksCache,
} from 'jose';
import { z } from 'zod';
import { watchFiles } from '../../../server/watchFiles.ts';

/** The public keys of an issuer (a JWK set, RFC 7517), as they are now. */
export interface KeySet {
  /** Finds the key that a token says it is signed with. @throws what jose throws when there is none. */
  readonly find: JWTVerifyGetKey;
  /**
   * A name for the present content, another one after each change: what was believed by the keys before has to be
   * checked again. Null when it is not known any more whether the content still holds.
   */
  readonly version: () => string | null;
  readonly stop: () => void;
}

/** What is told of a set that could not be read again; the one before stays. */
export type OnBadKeys = (error: unknown) => void;

// A secret key among them would be one that everybody who can read the set signs with.
const keySet = z.looseObject({
  keys: z.array(
    z.looseObject({
      kty: z.enum(['RSA', 'EC', 'OKP'], { error: 'kty is RSA, EC or OKP' }),
      d: z.never({ error: 'there is a private key among them; only public ones belong here' }).optional(),
    }),
  ),
});

/** Gives the JWK set of a JSON text. @throws Error that says why it is none. */
export function parseKeySet(text: string): JSONWebKeySet {
  const read = keySet.safeParse(JSON.parse(text));
  if (read.success) return read.data as unknown as JSONWebKeySet;
  const [issue] = read.error.issues;
  throw new Error(`${issue?.message} (at ${issue?.path.join('.') || 'the top'})`);
}

/** Keys that stay as they are. */
export const fixedKeys = (text: string): KeySet => ({
  find: createLocalJWKSet(parseKeySet(text)),
  version: () => text,
  stop: () => {},
});

/**
 * The keys of a file, read again when it changes.
 * @throws Error when the file cannot be read now; later that is told, and the keys before stay.
 */
export function keysOfFile(file: string, onBad: OnBadKeys, pollMs?: number): KeySet {
  let text = '';
  let find: JWTVerifyGetKey = createLocalJWKSet({ keys: [] });
  const read = () => {
    const next = readFileSync(file, 'utf8');
    find = createLocalJWKSet(parseKeySet(next));
    text = next;
  };
  const changed = () => {
    try {
      read();
    } catch (error) {
      onBad(error);
    }
  };
  const stop = watchFiles([file], changed, pollMs);
  try {
    read();
  } catch (error) {
    stop();
    throw error;
  }
  return { find: (header, token) => find(header, token), version: () => text, stop };
}

export interface RemoteKeyTimes {
  /** How often the keys are fetched, so that a key that was taken out is not believed for longer. */
  readonly refreshMs: number;
  /** How long after a fetch an unknown key makes no other one. */
  readonly cooldownMs: number;
  /** How long the keys known last are believed while the issuer does not answer. */
  readonly maxAgeMs: number;
}

const times: RemoteKeyTimes = { refreshMs: 10_000, cooldownMs: 5_000, maxAgeMs: 3_600_000 };

/** The keys at a URL: fetched now, every few seconds, and when a token names an unknown one. */
export function keysOfUrl(url: URL, onBad: OnBadKeys, options: Partial<RemoteKeyTimes> = {}): KeySet {
  const { refreshMs, cooldownMs, maxAgeMs } = { ...times, ...options };
  const cache: JWKSCacheInput = {};
  const remote = createRemoteJWKSet(url, {
    cooldownDuration: cooldownMs,
    cacheMaxAge: maxAgeMs,
    [jwksCache]: cache,
  });
  const refresh = () => void remote.reload().catch(onBad);
  refresh();
  const timer = setInterval(refresh, refreshMs).unref();
  let seen: unknown;
  let text = '';
  return {
    find: remote,
    version: () => {
      const { jwks } = cache as { jwks?: JSONWebKeySet };
      // jose gives each fetch an object of its own; most of them say the same.
      if (jwks !== seen) {
        seen = jwks;
        text = JSON.stringify(jwks);
      }
      return remote.fresh ? text : null;
    },
    stop: () => clearInterval(timer),
  };
}
