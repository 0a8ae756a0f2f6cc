import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bearerToken } from '../../gateway/access/tokens/bearer.ts';
import {
  goodClaims,
  issuerKey,
  published,
  seconds,
  trust,
} from '../../gateway/access/tokens/issuer.fixture.ts';
import { fixedKeys } from '../../gateway/access/tokens/keySet.ts';
import { startGateway } from '../../gateway/start.ts';
import { tokenFor } from '../../gateway/token/printToken.ts';
import { readConfig } from '../../server/config.ts';
import { composeShop } from '../gateway/shop.ts';
import { carriers, post, type ShopOptions, startShop } from '../gateway/startShop.ts';

const key = await issuerKey('2026a');
const good = await key.sign(goodClaims());

const openShop = async (options: Partial<ShopOptions> = {}) => {
  const credentials = [bearerToken(fixedKeys(published(key)), trust)];
  const shop = await startShop({ carrier: 'memory', credentials, ...options });
  onTestFinished(() => shop.stop());
  return shop;
};
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe.each(carriers)('a token over HTTP (%s)', (carrier) => {
  it('is who asks, at the gateway and in the subgraph', async () => {
    const shop = await openShop({ carrier });
    const token = await key.sign({
      ...goodClaims(),
      sub: 'binh',
      role: 'COMMANDER',
      scopes: ['award:decide'],
    });
    const { body } = await shop.ask('{ whoami }', {}, { ...bearer(token), 'accept-language': 'en' });
    expect(body).toEqual({ data: { whoami: 'binh' } });
    expect(shop.calls.at(-1)).toMatchObject({
      viewer: {
        subject: 'binh',
        role: 'COMMANDER',
        unitPath: '/BCA/T01.1/',
        scopes: ['award:decide'],
        locale: 'EN',
      },
    });
  });

  it('that is refused gets 401 with the reason, and nothing is fetched', async () => {
    const shop = await openShop({ carrier });
    const token = await key.sign({ ...goodClaims(), exp: seconds(-60) });
    const answer = await shop.ask('{ whoami }', {}, { ...bearer(token), 'x-request-id': 'r-1' });
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([
      401,
      'Bearer error="invalid_token"',
    ]);
    expect(answer.body).toEqual({
      errors: [
        {
          message: expect.stringMatching(/^The token is not accepted: it expired at 20\S+Z\.$/u),
          extensions: { code: 'UNAUTHENTICATED', requestId: 'r-1', retryable: false },
        },
      ],
    });
    expect(shop.calls).toEqual([]);
  });
});

describe('what is refused with 401', () => {
  it.each([
    [
      'two kinds of credentials',
      '/graphql?query={whoami}',
      { ...bearer(good), 'x-demo-viewer': 'role=ADMIN' },
      /credentials of two kinds/u,
    ],
    ['a token in the address', `/graphql?query={whoami}&access_token=${good}`, {}, /in the address/u],
    ['another scheme', '/graphql?query={whoami}', { authorization: 'Basic YTpi' }, /takes Bearer/u],
    ['a bad token for the schema', '/schema.graphql', bearer('x.y.z'), /it is malformed/u],
    ['a bad token for a file', '/export/support.csv', bearer('x.y.z'), /it is malformed/u],
  ])('%s', async (_what, path, headers, message) => {
    const shop = await openShop();
    const response = await fetch(shop.url + path, { headers });
    const text = await response.text();
    expect(response.status).toBe(401);
    expect(JSON.parse(text).errors[0]).toMatchObject({
      message: expect.stringMatching(message),
      extensions: { code: 'UNAUTHENTICATED' },
    });
    expect(text).not.toContain(good);
    expect(JSON.stringify(shop.logs)).not.toContain(good);
    await expect
      .poll(() => shop.logs.find(({ msg }) => msg === 'operation'), { timeout: 10_000 })
      .toMatchObject({ status: 401, codes: ['UNAUTHENTICATED'] });
  });
});

it('in production believes a token, and no header of a developer', async () => {
  const shop = await openShop({ env: { NODE_ENV: 'production', VIEWER_KEY: 'x'.repeat(32) } });
  const asked = async (headers: Record<string, string>) =>
    (await shop.ask('{ whoami }', {}, headers)).body.data;
  expect(await asked(bearer(good))).toEqual({ whoami: 'an' });
  expect(await asked({ 'x-demo-viewer': 'role=ADMIN; name=an' })).toEqual({ whoami: 'public' });
});

describe('a gateway of its own', () => {
  const start = async (env: Record<string, string> = {}) => {
    const shop = await startShop({ carrier: 'http' });
    onTestFinished(() => shop.stop());
    const directory = mkdtempSync(join(tmpdir(), 'tokens-'));
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    const SUPERGRAPH = join(directory, 'supergraph.graphql');
    const urlOf = (name: 'products' | 'reviews') => `${shop.subgraphs[name]?.url}/graphql`;
    writeFileSync(SUPERGRAPH, composeShop({ products: urlOf('products'), reviews: urlOf('reviews') }));
    const all = {
      PORT: '0',
      LOG_LEVEL: 'silent',
      DATA_DIR: directory,
      SUPERGRAPH,
      VIEWER_KEY: 'a key of the test that is long enough to be one',
      ...env,
    };
    const running = await startGateway(all);
    onTestFinished(() => running.stop());
    const whoami = async (token: string) =>
      (await post(running.url, { query: '{ whoami }' }, bearer(token))).body;
    return { env: all, whoami };
  };

  it('believes in development the tokens that npm run token makes', async () => {
    const { env, whoami } = await start();
    const token = await tokenFor(
      ['--role', 'OFFICER', '--unit', '/BCA/T01.1/', '--subject', 'an'],
      readConfig(env),
    );
    expect(await whoami(token)).toEqual({ data: { whoami: 'an' } });
  });

  it('goes over to another local key without a restart, and forgets the one before', async () => {
    const { env, whoami } = await start();
    const make = () => tokenFor(['--role', 'ADMIN'], readConfig(env));
    const old = await make();
    expect(await whoami(old)).toEqual({ data: { whoami: 'dev-admin' } });
    rmSync(join(env.DATA_DIR, 'keys', 'token'));
    const next = await make();
    await expect.poll(() => whoami(next), { timeout: 10_000 }).toEqual({ data: { whoami: 'dev-admin' } });
    expect((await whoami(old)).errors?.[0]?.message).toMatch(/a key that the issuer does not have/u);
  });

  it('believes with JWKS its issuer only, and not the local key', async () => {
    const { env, whoami } = await start({
      JWKS: published(key),
      JWT_ISSUER: trust.issuer,
      JWT_AUDIENCE: trust.audience,
    });
    expect(await whoami(good)).toEqual({ data: { whoami: 'an' } });
    const local = readConfig({
      DATA_DIR: env.DATA_DIR,
      JWT_ISSUER: trust.issuer,
      JWT_AUDIENCE: trust.audience,
    });
    const own = await tokenFor(['--role', 'ADMIN'], local);
    expect((await whoami(own)).errors?.[0]?.message).toMatch(/a key that the issuer does not have/u);
  });
});
