import { type JWTPayload, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { bearerToken } from './bearer.ts';
import { goodClaims, type IssuerKey, issuerKey, published, seconds, trust } from './issuer.fixture.ts';
import { fixedKeys, type KeySet } from './keySet.ts';

let key: IssuerKey;
let stranger: IssuerKey;
let keys: KeySet;

beforeAll(async () => {
  key = await issuerKey('2026a');
  stranger = await issuerKey('2026a');
  keys = fixedKeys(published(key));
});

const asking = async (token: string, by = bearerToken(keys, trust)) =>
  by({ headers: { authorization: `Bearer ${token}` }, url: '/graphql' });

const signed = (change: JWTPayload) => key.sign({ ...goodClaims(), ...change });
const without = (claim: string) =>
  key.sign(Object.fromEntries(Object.entries(goodClaims()).filter(([name]) => name !== claim)));

describe('a token', () => {
  it('names its viewer; what it does not say is empty', async () => {
    expect(await asking(await signed({}))).toEqual({
      subject: 'an',
      role: 'OFFICER',
      unitPath: '/BCA/T01.1/',
      scopes: [],
      locale: 'VI',
    });
  });

  it.each([
    ['a list', { scopes: ['award:decide', 'x'] }, ['award:decide', 'x']],
    ["OAuth's text", { scope: 'award:decide x' }, ['award:decide', 'x']],
    ['both', { scopes: ['x'], scope: 'award:decide x' }, ['x', 'award:decide']],
  ])('names scopes as %s', async (_what, change, scopes) => {
    expect(await asking(await signed(change))).toMatchObject({ scopes });
  });

  it('may name policies, and no unit where the role has none', async () => {
    const token = await signed({ role: 'ADMIN', unitPath: undefined, policies: ['two-person'] });
    expect(await asking(token)).toMatchObject({ role: 'ADMIN', unitPath: null, policies: ['two-person'] });
  });

  it.each(['RS256', 'PS256', 'ES256', 'EdDSA'])('may be signed by %s', async (alg) => {
    const other = await issuerKey('k', alg);
    const by = bearerToken(fixedKeys(published(other)), trust);
    expect(await asking(await other.sign(goodClaims()), by)).toMatchObject({ subject: 'an' });
  });

  it('is believed a little after its end, and a little before its beginning: clocks differ', async () => {
    expect(await asking(await signed({ exp: seconds(-20), nbf: seconds(20) }))).toMatchObject({
      subject: 'an',
    });
  });
});

describe('a token is refused', () => {
  const secret = new TextEncoder().encode('a secret that everybody shares, 32 bytes');
  const unsigned = (alg: string) =>
    `${btoa(JSON.stringify({ alg, kid: '2026a' }))}.${btoa(JSON.stringify(goodClaims()))}.`.replaceAll(
      '=',
      '',
    );

  it.each<[string, () => Promise<string> | string, RegExp]>([
    ['expired', () => signed({ exp: seconds(-60) }), /: it expired at \d{4}-\d\d-\d\dT[\d:.]+Z\.$/u],
    ['not begun', () => signed({ nbf: seconds(60) }), /it is not valid yet \(nbf\)/u],
    ['of another issuer', () => signed({ iss: 'https://evil.example' }), /wrong issuer.*https:\/\/issuer/u],
    ['for somebody else', () => signed({ aud: 'mail' }), /another audience.*should be for emulation-graph/u],
    [
      'of an unknown key',
      async () => (await issuerKey('x')).sign(goodClaims()),
      /a key that the issuer does not/u,
    ],
    ['of a forged key', () => stranger.sign(goodClaims()), /its signature does not fit/u],
    [
      'signed with a shared secret',
      () => new SignJWT(goodClaims()).setProtectedHeader({ alg: 'HS256', kid: '2026a' }).sign(secret),
      /should be signed by one of RS256, PS256, ES256, EdDSA/u,
    ],
    ['not signed', () => unsigned('none'), /should be signed by one of/u],
    ['no token', () => 'hello', /it is malformed; a signed JWT is expected/u],
    ['without a subject', () => without('sub'), /sub should name the account/u],
    ['without a role', () => without('role'), /role should be one of OFFICER, COMMANDER, MINISTRY, ADMIN/u],
    ['without an end', () => without('exp'), /its claim exp is missing/u],
    ['without issuer', () => without('iss'), /wrong issuer/u],
    ['without audience', () => without('aud'), /another audience/u],
    ['of a role that there is not', () => signed({ role: 'KING' }), /role should be one of OFFICER, COMM/u],
    ['of the public', () => signed({ role: 'PUBLIC' }), /role should be one of/u],
    ['of a partner', () => signed({ role: 'PARTNER' }), /partners ask with their API key/u],
    ['of a subgraph', () => signed({ sub: 'subgraph:units' }), /sub should name/u],
    ['of an officer of no unit', () => without('unitPath'), /officers and commanders need one/u],
    ['of a unit without its path', () => signed({ unitPath: 'T01.1' }), /such as \/BCA\/T01\.1\//u],
    ['with scopes that are none', () => signed({ scopes: [{ a: 1 }] }), /scopes is a list of names/u],
    ['with a scope that is none', () => signed({ scope: 7 }), /scope is a list of names/u],
    ['with policies that are none', () => signed({ policies: 'x;y' }), /policies is a list of names/u],
  ])('%s', async (_what, make, why) => {
    const token = await make();
    const refused = asking(token);
    await expect(refused).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: expect.stringMatching(why),
      headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
    });
    const message = await refused.catch((error: Error) => error.message);
    for (const part of token.split('.').filter(Boolean)) expect(message).not.toContain(part);
  });

  it('without the name of its key, where there are several', async () => {
    const by = bearerToken(fixedKeys(published(key, await issuerKey('2026b'))), trust);
    const token = await key.sign(goodClaims(), { kid: undefined as never });
    await expect(asking(token, by)).rejects.toThrow('its header should name the key (kid)');
  });

  it.each(['Basic YTpi', 'Bearer', 'Bearer a b', 'Token x'])('in a header of %j', async (authorization) => {
    const ask = async () => bearerToken(keys, trust)({ headers: { authorization }, url: '/graphql' });
    await expect(ask()).rejects.toThrow('The header Authorization takes Bearer and one token or key.');
  });

  it.each(['/graphql?access_token=x', '/graphql?query={a}&token=x', '/schema.graphql?id_token=x'])(
    'in the address %s, whatever it says',
    async (url) => {
      const ask = async () => bearerToken(keys, trust)({ headers: {}, url });
      await expect(ask()).rejects.toMatchObject({
        code: 'UNAUTHENTICATED',
        message: expect.stringMatching(/^A token in the address .* Authorization: Bearer/u),
      });
    },
  );
});

describe('what is none of its business', () => {
  it.each([undefined, 'Bearer emu_example_x_y', 'bearer emu_x'])('%j', async (authorization) => {
    const headers = authorization === undefined ? {} : { authorization };
    expect(await bearerToken(keys, trust)({ headers, url: '/graphql?query={token}' })).toBeNull();
  });
});

describe('a verified token', () => {
  const counting = (of: () => IssuerKey[]) => {
    let looked = 0;
    let version = published(...of());
    const set: KeySet = {
      find: (header, token) => {
        looked += 1;
        return fixedKeys(published(...of())).find(header, token);
      },
      version: () => version,
      stop: () => {},
    };
    return { set, looked: () => looked, rotate: () => (version = published(...of())) };
  };

  it('is not verified again', async () => {
    const { set, looked } = counting(() => [key]);
    const by = bearerToken(set, trust);
    const token = await signed({});
    for (let i = 0; i < 3; i += 1) expect(await asking(token, by)).toMatchObject({ subject: 'an' });
    expect(looked()).toBe(1);
  });

  it('is looked at again once it should have expired', async () => {
    let now = Date.now();
    const { set, looked } = counting(() => [key]);
    const by = bearerToken(set, trust, () => now);
    const token = await signed({ exp: seconds(60) });
    await asking(token, by);
    now += 89_000;
    await asking(token, by);
    expect(looked()).toBe(1);
    now += 2_000;
    await asking(token, by);
    expect(looked()).toBe(2);
  });

  it('is refused once its key is gone, and one of a new key is believed', async () => {
    const next = await issuerKey('2026b');
    let present = [key];
    const { set, rotate } = counting(() => present);
    const by = bearerToken(set, trust);
    const old = await signed({});
    expect(await asking(old, by)).toMatchObject({ subject: 'an' });
    present = [next];
    rotate();
    await expect(asking(old, by)).rejects.toThrow('a key that the issuer does not have, or not any more');
    expect(await asking(await next.sign(goodClaims()), by)).toMatchObject({ subject: 'an' });
  });

  it('is looked at each time when it is not known whether its key still holds', async () => {
    const { set, looked } = counting(() => [key]);
    const by = bearerToken({ ...set, version: () => null }, trust);
    const token = await signed({});
    await asking(token, by);
    await asking(token, by);
    expect(looked()).toBe(2);
  });
});
