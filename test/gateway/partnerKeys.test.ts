import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeKey } from '../../gateway/partners/key.ts';
import { keyEntry, testPartner } from './partner.ts';
import { carriers, type Shop, type ShopOptions, startShop } from './startShop.ts';

const open = async (options: Partial<ShopOptions> = {}): Promise<Shop> => {
  const shop = await startShop({ carrier: 'memory', ...options });
  onTestFinished(() => shop.stop());
  return shop;
};
const refused = { code: 'UNAUTHENTICATED', requestId: expect.any(String), retryable: false };
const hour = 3_600_000;
const past = new Date(Date.now() - hour).toISOString();

describe('a key', () => {
  it.each(carriers)('says who asks, in either header (%s)', async (carrier) => {
    const { key, manifest } = testPartner({ scopes: ['shelf:read'] });
    const shop = await open({ carrier, files: { 'partners/bookshop.yaml': manifest } });
    const headers = [
      { 'x-api-key': key },
      { authorization: `Bearer ${key}` },
      { authorization: `bearer ${key}` },
    ];
    for (const each of headers) {
      const { body } = await shop.ask('{ whoami }', {}, { ...each, 'accept-language': 'en' });
      expect(body).toEqual({ data: { whoami: 'partner:bookshop' } });
    }
    expect(shop.calls.map(({ viewer }) => viewer)).toEqual(
      headers.map(() => ({
        subject: 'partner:bookshop',
        role: 'PARTNER',
        unitPath: null,
        scopes: ['shelf:read'],
        locale: 'EN',
      })),
    );
  });

  const { key } = testPartner();
  const typo = key.slice(0, -1) + (key.endsWith('0') ? '1' : '0');
  it.each([
    ['of another partner', makeKey('stranger'), {}, 'unknown, expired or revoked'],
    ['that was never issued', makeKey('bookshop'), {}, 'unknown, expired or revoked'],
    ['that has expired', key, { expiresAt: past }, 'unknown, expired or revoked'],
    ['that was revoked', key, { revokedAt: past }, 'unknown, expired or revoked'],
    ['with a typing error', typo, {}, 'mistyped or cut off'],
    ['that was cut off', key.slice(0, 20), {}, 'mistyped or cut off'],
    ['that is no key', 'secret', {}, 'mistyped or cut off'],
  ])('%s is refused with 401', async (_which, given, about, message) => {
    const { manifest } = testPartner({ keys: [keyEntry(key, about)] });
    const shop = await open({ files: { 'partners/bookshop.yaml': manifest } });
    const { status, body } = await shop.ask('{ whoami }', {}, { 'x-api-key': given });
    expect([status, body]).toEqual([
      401,
      { errors: [{ message: expect.stringContaining(message), extensions: refused }] },
    ]);
    expect(JSON.stringify(body)).not.toContain(given);
    expect(shop.calls).toEqual([]);
  });

  it('opens beside another one: two are live while they are exchanged', async () => {
    const [old, fresh] = [makeKey('bookshop'), makeKey('bookshop')];
    const { manifest } = testPartner({ keys: [keyEntry(old), keyEntry(fresh, { id: 'k2' })] });
    const shop = await open({ files: { 'partners/bookshop.yaml': manifest } });
    for (const each of [old, fresh]) {
      const { body } = await shop.ask('{ whoami }', {}, { 'x-api-key': each });
      expect(body).toEqual({ data: { whoami: 'partner:bookshop' } });
    }
  });

  it('is refused within seconds after its manifest says so, or is gone', async () => {
    const partner = testPartner();
    const shop = await open({ files: { 'partners/bookshop.yaml': partner.manifest } });
    const file = join(shop.dir, 'partners/bookshop.yaml');
    const status = async () => (await shop.ask('{ whoami }', {}, partner.headers)).status;
    expect(await status()).toBe(200);
    writeFileSync(file, testPartner({ keys: [keyEntry(partner.key, { revokedAt: past })] }).manifest);
    await expect.poll(status, { timeout: 10_000 }).toBe(401);
    writeFileSync(file, partner.manifest);
    await expect.poll(status, { timeout: 10_000 }).toBe(200);
    rmSync(file);
    await expect.poll(status, { timeout: 10_000 }).toBe(401);
  });

  it('still opens when its manifest is spoilt, which is logged with what would be right', async () => {
    const partner = testPartner();
    const shop = await open({ files: { 'partners/bookshop.yaml': partner.manifest } });
    writeFileSync(
      join(shop.dir, 'partners/bookshop.yaml'),
      partner.manifest.replace('mode: OPEN', 'mode: AJAR'),
    );
    const logged = () => JSON.stringify(shop.logs);
    await expect.poll(logged, { timeout: 10_000 }).toContain('bookshop.yaml is no manifest of a partner');
    expect(logged()).toContain('mode: STRICT or OPEN');
    expect((await shop.ask('{ whoami }', {}, partner.headers)).status).toBe(200);
  });
});

describe('a key in a URL', () => {
  const partner = testPartner();
  const files = { 'partners/bookshop.yaml': partner.manifest };

  it.each([
    ['of the graph', `/graphql?query=%7Bwhoami%7D&api_key=${partner.key}`],
    ['that also has it in a header', `/graphql?query=%7Bwhoami%7D&x=${partner.key.replaceAll('_', '%5F')}`],
    ['of the export', `/export/support.csv?key=${partner.key}`],
    ['that asks no graph', `/health/ready?key=${partner.key}`],
    ['where there is nothing', `/${partner.key}`],
  ])('%s is refused, told to be rotated, and written nowhere', async (_where, path) => {
    const shop = await open({ files, env: { LOG_LEVEL: 'trace' } });
    const response = await fetch(shop.url + path, { headers: partner.headers });
    const body = await response.json();
    expect([response.status, body]).toEqual([
      400,
      {
        errors: [
          {
            message: expect.stringContaining('have it rotated'),
            extensions: { code: 'KEY_IN_URL', requestId: expect.any(String), retryable: false },
          },
        ],
      },
    ]);
    expect(JSON.stringify([shop.logs, body])).not.toContain(partner.key.slice(13, 30));
    expect(JSON.stringify(shop.logs)).toContain('should be rotated');
    expect(shop.calls).toEqual([]);
  });
});
