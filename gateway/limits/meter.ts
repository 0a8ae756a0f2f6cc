import { Redis } from 'ioredis';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import type { Log } from '../../server/log.ts';

/** So much in a window of time. */
export interface Quota {
  /** As `RateLimit-Policy` names it. */
  readonly name: string;
  readonly limit: number;
  /** The length of the window. */
  readonly seconds: number;
  /** Seconds to the end of the window, where it does not begin with the first that is taken. */
  readonly endsIn?: number;
}

/** How a quota stands for somebody. */
export interface Standing {
  readonly quota: Quota;
  readonly used: number;
  readonly remaining: number;
  /** Seconds until the whole quota is there again. */
  readonly reset: number;
}

/** What was taken of a quota, or refused; what is refused is not counted. */
export interface Taking extends Standing {
  readonly refused: boolean;
}

/** Counts how much somebody has had of a quota. */
export interface Meter {
  take(quota: Quota, who: string, points?: number): Promise<Taking>;
  standing(quota: Quota, who: string): Promise<Standing>;
  close(): void;
}

export interface MeterOptions {
  /** Where several processes count together. */
  readonly redisUrl?: string | undefined;
  readonly log: Log;
}

/** Quotas change while they are counted, so that the library counts and the comparison is ours. */
const UNLIMITED = { points: Number.MAX_SAFE_INTEGER, duration: 0, keyPrefix: 'graph' } as const;

/** Gives a meter that counts in this process, or in Redis: while that cannot be reached, in this process too. */
export function createMeter({ redisUrl, log }: MeterOptions): Meter {
  const memory = new RateLimiterMemory(UNLIMITED);
  if (!redisUrl) return meterOver(memory, () => {});
  const redis = connect(redisUrl, log);
  const limiter = new RateLimiterRedis({
    ...UNLIMITED,
    storeClient: redis,
    insuranceLimiter: memory,
    rejectIfRedisNotReady: true,
  });
  return meterOver(limiter, () => redis.disconnect());
}

const RETRY_MS = 1_000;

function connect(url: string, log: Log): Redis {
  // A request must not wait for Redis: what cannot be sent at once is counted here.
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: () => RETRY_MS,
    commandTimeout: 500,
  });
  let isDown = false;
  redis.on('error', (error: Error) => {
    if (!isDown) log.error({ error }, 'Redis cannot be reached; this gateway counts for itself');
    isDown = true;
  });
  redis.on('ready', () => {
    if (isDown) log.info('Redis is back; gateways count together again');
    isDown = false;
  });
  return redis;
}

function meterOver(limiter: RateLimiterAbstract, close: () => void): Meter {
  return {
    take: async (quota, who, points = 1) => {
      const key = keyOf(quota, who);
      const options = { customDuration: quota.endsIn ?? quota.seconds };
      const { consumedPoints: used, msBeforeNext } = await limiter.penalty(key, points, options);
      if (used <= quota.limit) return { ...standingOf(quota, used, msBeforeNext), refused: false };
      await limiter.reward(key, points, options);
      return { ...standingOf(quota, used - points, msBeforeNext), refused: true };
    },
    standing: async (quota, who) => {
      const known = await limiter.get(keyOf(quota, who));
      return standingOf(quota, known?.consumedPoints ?? 0, known?.msBeforeNext ?? 0);
    },
    close,
  };
}

/** A quota whose window changes is another quota. */
const keyOf = ({ name, seconds }: Quota, who: string): string => `${name}:${seconds}:${who}`;

const standingOf = (quota: Quota, used: number, msBeforeNext: number): Standing => ({
  quota,
  used,
  remaining: Math.max(0, quota.limit - used),
  reset: Math.max(0, Math.ceil(msBeforeNext / 1_000)),
});
