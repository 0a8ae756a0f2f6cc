import type { IncomingHttpHeaders } from 'node:http';
import { GraphError } from '../../server/errors.ts';
import type { Viewer } from '../../server/viewer.ts';
import type { Credential } from '../access/identity.ts';
import { hashOf, partnerOf, sameHash } from './key.ts';
import { isLive, type Manifest } from './manifest.ts';
import { type Partners, subjectOf } from './registry.ts';

/**
 * Gives the partner whose key a request presents, as `Authorization: Bearer emu_…` or `x-api-key`. Which keys are live is
 * looked up anew for each request, so that a revoked one is refused as soon as its manifest has been read.
 * Throws UNAUTHENTICATED for what is no live key; the message says whether it is mistyped, and never whose it is.
 */
export const partnerCredential =
  (partners: Pick<Partners, 'byId'>, now: () => number = Date.now): Credential =>
  ({ headers }) => {
    const key = presentedKey(headers);
    return key === null ? null : viewerOf(holderOf(key, partners, now()));
  };

function presentedKey({ authorization, 'x-api-key': apiKey }: IncomingHttpHeaders): string | null {
  // A bearer that does not begin like a key is a person's token, which is another credential's.
  const bearer = /^bearer\s+(?<key>emu_\S*)\s*$/iu.exec(authorization ?? '')?.groups?.key;
  return bearer ?? (apiKey === undefined ? null : String(apiKey).trim());
}

function holderOf(key: string, partners: Pick<Partners, 'byId'>, nowMs: number): Manifest {
  const id = partnerOf(key);
  if (id === null)
    throw new GraphError(
      'UNAUTHENTICATED',
      'This is no key of a partner: it is mistyped or cut off. A key is emu_<partner>_<32 characters>_<6 characters>.',
    );
  const manifest = partners.byId(id);
  const hash = hashOf(key);
  // All are compared, so that the time says nothing about which of them fits.
  const fitting = manifest?.keys.filter((each) => sameHash(each.hash, hash)) ?? [];
  if (!manifest || !fitting.some((each) => isLive(each, nowMs)))
    throw new GraphError(
      'UNAUTHENTICATED',
      'This key is unknown, expired or revoked. Use the key that was issued last, or ask for another one.',
    );
  return manifest;
}

const viewerOf = ({ id, scopes }: Manifest): Viewer => ({
  subject: subjectOf(id),
  role: 'PARTNER',
  unitPath: null,
  scopes,
  locale: 'VI',
});
