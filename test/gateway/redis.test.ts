import { describe, expect, it, onTestFinished } from 'vitest';
import { testPartner } from './partner.ts';
import { startRedis } from './redisStandIn.ts';
import { type Shop, startShop } from './startShop.ts';

const { manifest, headers } = testPartner({ rate: { perMinute: 4 } });

const open = async (REDIS_URL: string): Promise<Shop> => {
  const shop = await startShop({
    carrier: 'memory',
    env: { REDIS_URL },
    files: { 'partners/bookshop.yaml': manifest },
  });
  onTestFinished(() => shop.stop());
  return shop;
};
const statusOf = async (shop: Shop) => (await shop.ask('{ whoami }', {}, headers)).status;

describe('with REDIS_URL', () => {
  it('gateways count together, and alone while Redis cannot be reached', async () => {
    const redis = await startRedis();
    onTestFinished(() => redis.stop());
    const [one, other] = [await open(redis.url), await open(redis.url)];
    const counted = () =>
      [...redis.counts].find(([key]) => key.includes('rate:60:partner:bookshop'))?.[1] ?? 0;
    // A gateway that has not reached Redis yet counts for itself.
    await expect.poll(async () => [await statusOf(one), counted() > 0], { timeout: 10_000 }).toContain(true);
    await expect.poll(async () => statusOf(other), { timeout: 10_000 }).toBe(429);
    expect(counted()).toBe(4);
    expect(await statusOf(one)).toBe(429);
    await redis.stop();
    await expect.poll(() => statusOf(one), { timeout: 10_000 }).toBe(200);
    const logged = () => JSON.stringify(one.logs);
    await expect.poll(logged, { timeout: 10_000 }).toContain('this gateway counts for itself');
  });

  it('a gateway starts and answers without Redis', async () => {
    const shop = await open('redis://127.0.0.1:1');
    const statuses = [];
    for (let times = 0; times < 5; times += 1) statuses.push(await statusOf(shop));
    expect(statuses).toEqual([200, 200, 200, 200, 429]);
  });
});
