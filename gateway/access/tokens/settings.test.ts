import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../../server/config.ts';
import { ConfigError } from '../../../server/startError.ts';
import { localKey } from './localKey.ts';
import { tokenSettings } from './settings.ts';

const directory = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'tokens-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};

const missing = (env: Record<string, string>): string[] => {
  try {
    tokenSettings(readConfig({ DATA_DIR: directory(), ...env }));
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes.map(({ variable }) => variable);
    throw error;
  }
  return [];
};

const issuer = {
  JWKS: 'https://issuer.example/jwks',
  JWT_ISSUER: 'https://issuer.example',
  JWT_AUDIENCE: 'graph',
};

describe('whose tokens are believed', () => {
  it.each([
    ['in production nobody’s, so that it does not start', { NODE_ENV: 'production' }, Object.keys(issuer)],
    ['in production not half', { ...issuer, NODE_ENV: 'production', JWT_ISSUER: '' }, ['JWT_ISSUER']],
    ['in development not half either', { JWKS: issuer.JWKS }, ['JWT_ISSUER', 'JWT_AUDIENCE']],
    ['the issuer’s, in production', { ...issuer, NODE_ENV: 'production' }, []],
    ['this machine’s own, in development', {}, []],
  ])('%s', (_what, env, variables) => {
    expect(missing(env)).toEqual(variables);
  });

  it('says what is missing, and what it is for', () => {
    expect(() => tokenSettings(readConfig({ NODE_ENV: 'production' }))).toThrow(
      'JWT_ISSUER: is not set; production wants the claim iss of the tokens to accept',
    );
  });

  it('is the issuer of the environment, and the local key is not made', () => {
    const DATA_DIR = directory();
    expect(tokenSettings(readConfig({ ...issuer, DATA_DIR, JWT_CLOCK_SKEW: '5s' }))).toEqual({
      jwks: issuer.JWKS,
      trust: { issuer: issuer.JWT_ISSUER, audience: 'graph', clockSkewMs: 5_000 },
    });
    expect(() => statSync(join(DATA_DIR, 'keys'))).toThrow('ENOENT');
  });
});

describe('the local key', () => {
  it('is made once, for the owner only, its public half without the secret', () => {
    const config = { dataDir: directory() };
    const key = localKey(config);
    expect(localKey(config)).toEqual(key);
    expect(statSync(join(config.dataDir, 'keys', 'token')).mode & 0o777).toBe(0o600);
    const { keys } = JSON.parse(readFileSync(key.publicFile, 'utf8'));
    expect(keys).toEqual([
      { kty: 'OKP', crv: 'Ed25519', x: key.signing.x, kid: key.signing.kid, use: 'sig', alg: 'EdDSA' },
    ]);
  });

  it('is another one once it was deleted', () => {
    const config = { dataDir: directory() };
    const { signing, publicFile } = localKey(config);
    rmSync(join(config.dataDir, 'keys', 'token'));
    const next = localKey(config);
    expect(next.signing.kid).not.toBe(signing.kid);
    expect(JSON.parse(readFileSync(publicFile, 'utf8')).keys[0].kid).toBe(next.signing.kid);
  });
});
