import { createHash, generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../../server/config.ts';
import { madeKey } from '../../../server/madeKey.ts';

/** A key that this machine signs its own tokens with, in development. */
export interface LocalKey {
  /** The private key, as a JWK with its `kid`. */
  readonly signing: JsonWebKey & { readonly kid: string };
  /** The file of the JWK set that holds the public one. */
  readonly publicFile: string;
}

const NAME = 'token';
const PUBLIC_NAME = 'token.jwks.json';

/**
 * Gives the local signing key: made once in DATA_DIR/keys (`token`, for the owner only), its public half beside it
 * (`token.jwks.json`). Whoever deletes the first has another one the next time, and running gateways go over to it.
 */
export function localKey(config: Pick<Config, 'dataDir'>): LocalKey {
  const signing = JSON.parse(madeKey(config, NAME, makeSigningKey)) as LocalKey['signing'];
  const { d: _secret, ...shown } = signing;
  const publicFile = join(config.dataDir, 'keys', PUBLIC_NAME);
  const text = `${JSON.stringify({ keys: [{ ...shown, use: 'sig', alg: 'EdDSA' }] })}\n`;
  if (!existsSync(publicFile) || readFileSync(publicFile, 'utf8') !== text) replace(publicFile, text);
  return { signing, publicFile };
}

function makeSigningKey(): string {
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const kid = createHash('sha256')
    .update(jwk.x ?? '')
    .digest('base64url')
    .slice(0, 12);
  return JSON.stringify({ kid, ...jwk });
}

/** A file that is renamed into its place is never read half written. */
function replace(file: string, text: string): void {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, text, { mode: 0o644 });
  renameSync(own, file);
}
