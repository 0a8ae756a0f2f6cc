import { describe, expect, it, onTestFinished } from 'vitest';
import { testPartner } from './partner.ts';
import { type Answered, carriers, post, type Shop, type ShopOptions, startShop } from './startShop.ts';

const open = async (options: Partial<ShopOptions>): Promise<Shop> => {
  const shop = await startShop({ carrier: 'memory', ...options });
  onTestFinished(() => shop.stop());
  return shop;
};
const withPartner = async (terms: object, options: Partial<ShopOptions> = {}) => {
  const { manifest, headers } = testPartner(terms);
  const shop = await open({ files: { 'partners/bookshop.yaml': manifest }, ...options });
  return { shop, headers, ask: (query = '{ whoami }') => shop.ask(query, {}, headers) };
};
const limitsOf = ({ headers }: Pick<Answered, 'headers'>) =>
  ['ratelimit-policy', 'ratelimit', 'retry-after'].map((name) => headers.get(name));

/** An error of this code with these parameters and no data; times are whatever they are. */
const refusal = (code: string, params: object) => ({
  errors: [
    {
      message: expect.any(String),
      extensions: { code, requestId: expect.any(String), retryable: code === 'RATE_LIMITED', params },
    },
  ],
});
const seconds = expect.any(Number);

describe('a partner', () => {
  it.each(carriers)('is told what is left, and refused what is more (%s)', async (carrier) => {
    const { shop, ask } = await withPartner({ rate: { perMinute: 2 }, dailyQuota: 10 }, { carrier });
    const policy = '"rate";q=2;w=60, "daily";q=10;w=86400';
    const [first, second, third] = [await ask(), await ask(), await ask()];
    expect(limitsOf(first)).toEqual([
      policy,
      expect.stringMatching(/^"rate";r=1;t=\d+, "daily";r=9;t=\d+$/u),
      null,
    ]);
    expect(limitsOf(second)).toEqual([
      policy,
      expect.stringMatching(/^"rate";r=0;t=\d+, "daily";r=8;t=\d+$/u),
      null,
    ]);
    expect(third.status).toBe(429);
    expect(third.body).toEqual(refusal('RATE_LIMITED', { limit: 2, used: 2, reset: seconds }));
    expect(limitsOf(third)).toEqual([
      '"rate";q=2;w=60',
      expect.stringMatching(/^"rate";r=0;t=\d+$/u),
      expect.stringMatching(/^\d+$/u),
    ]);
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(shop.calls).toHaveLength(2);
  });

  it('may ask again when its window is over', async () => {
    const { ask } = await withPartner({ rate: { perSecond: 1 } });
    expect((await ask()).status).toBe(200);
    await expect.poll(async () => (await ask()).status, { timeout: 5_000 }).toBe(429);
    await expect.poll(async () => (await ask()).status, { timeout: 5_000 }).toBe(200);
  });

  it('has a quota for the day, which ends at midnight in Vietnam; what is refused does not count', async () => {
    const { shop, headers, ask } = await withPartner({ dailyQuota: 2 });
    for (let times = 0; times < 2; times += 1) await ask();
    for (let times = 0; times < 3; times += 1) {
      const { status, body } = await ask();
      expect([status, body]).toEqual([429, refusal('RATE_LIMITED', { limit: 2, used: 2, reset: seconds })]);
    }
    // Looking at what is left takes nothing of the day.
    const usage = (await (await fetch(`${shop.url}/partner/usage`, { headers })).json()) as { daily: object };
    expect(usage.daily).toEqual({ limit: 2, windowSeconds: 86_400, used: 2, remaining: 0, reset: seconds });
    const midnight = new Date(Date.now() + 7 * 3_600_000);
    midnight.setUTCHours(24, 0, 0, 0);
    const toMidnight = (midnight.getTime() - 7 * 3_600_000 - Date.now()) / 1_000;
    expect(Math.abs((usage.daily as { reset: number }).reset - toMidnight)).toBeLessThan(10);
  });

  it('is not counted with another partner', async () => {
    const [one, other] = [
      testPartner({ rate: { perMinute: 1 } }),
      testPartner({ rate: { perMinute: 1 } }, 'library'),
    ];
    const shop = await open({
      files: { 'partners/bookshop.yaml': one.manifest, 'partners/library.yaml': other.manifest },
    });
    const statuses = [];
    for (const { headers } of [one, other, one])
      statuses.push((await shop.ask('{ whoami }', {}, headers)).status);
    expect(statuses).toEqual([200, 200, 429]);
  });
});

describe('a budget of cost', () => {
  const cheap = '{ products { id } }';
  const dear = '{ products { related { id } } }';

  it('is charged before anything is fetched, for one operation', async () => {
    const { shop, ask } = await withPartner({ cost: { perOperation: 30, perMinute: 1_000 } });
    expect((await ask(cheap)).status).toBe(200);
    const { status, body } = await ask(dear);
    expect([status, body]).toEqual([400, refusal('COST_EXCEEDED', { limit: 30, used: 40, reset: null })]);
    expect(shop.calls).toHaveLength(1);
  });

  it('is charged for a minute; what is refused leaves room for what is cheaper', async () => {
    const { shop, ask } = await withPartner({ cost: { perOperation: 70, perMinute: 70 } });
    const statuses = [];
    for (const query of [dear, dear, cheap, cheap]) {
      const answer = await ask(query);
      statuses.push([answer.status, answer.headers.get('retry-after')]);
    }
    const refused = [429, expect.stringMatching(/^\d+$/u)];
    expect(statuses).toEqual([[200, null], refused, [200, null], refused]);
    const { body } = await ask(cheap);
    expect(body).toEqual(refusal('COST_EXCEEDED', { limit: 70, used: 60, reset: seconds }));
    expect(shop.calls).toHaveLength(2);
  });
});

describe('a field that is counted apart', () => {
  const env = { RATE_FIELDS: 'Query.whoami=3/m' };

  it.each([
    ['by each operation', ['{ whoami }', '{ whoami }', '{ whoami }']],
    ['by each alias', ['{ a: whoami b: whoami c: whoami }']],
    ['in fragments, each time', ['{ ...f ...f } fragment f on Query { whoami ... on Query { b: whoami } }']],
    ['though it is skipped', ['{ a: whoami @skip(if: true) b: whoami c: whoami }']],
  ])('is counted %s', async (_how, operations) => {
    const { ask, shop } = await withPartner({}, { env });
    let last: Answered | undefined;
    for (const operation of operations) last = await ask(operation);
    expect(last?.status).toBe(operations[0]?.includes('...f') ? 429 : 200);
    const asked = shop.calls.length;
    const { status, body, headers } = await ask(operations[0]);
    expect(status).toBe(429);
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', params: { limit: 3 } });
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(shop.calls).toHaveLength(asked);
    expect((await ask('{ product(id: "1") { id } }')).status).toBe(200);
  });

  it('is not counted for the demo dashboard', async () => {
    const shop = await open({ env });
    for (let times = 0; times < 5; times += 1) expect((await shop.ask('{ whoami }')).status).toBe(200);
  });
});

describe('people and everybody', () => {
  const production = { NODE_ENV: 'production', VIEWER_KEY: 'x'.repeat(32) };

  it.each([
    ['without credentials, by address', { ...production, RATE_ANONYMOUS: '2/m' }, {}],
    ['with an account', { RATE_PEOPLE: '2/m' }, { 'x-demo-viewer': 'role=OFFICER; unit=/BCA/' }],
  ])('may ask so often %s', async (_who, env, headers: Record<string, string>) => {
    const shop = await open({ env });
    const statuses = [];
    for (let times = 0; times < 3; times += 1)
      statuses.push((await shop.ask('{ whoami }', {}, headers)).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect((await fetch(`${shop.url}/health/ready`)).status).toBe(200);
  });

  it('are counted by account, or by the address that a trusted proxy names', async () => {
    const shop = await open({ env: { ...production, RATE_ANONYMOUS: '1/m', TRUST_PROXY: 'loopback' } });
    const from = async (address: string) =>
      (await shop.ask('{ whoami }', {}, { 'x-forwarded-for': address })).status;
    expect([await from('203.0.113.7'), await from('203.0.113.8'), await from('203.0.113.7')]).toEqual([
      200, 200, 429,
    ]);
  });

  it('are not counted on a developer’s machine', async () => {
    const shop = await open({});
    const { headers } = await post(shop.url, { query: '{ whoami }' });
    expect(limitsOf({ headers })).toEqual([null, null, null]);
  });
});
