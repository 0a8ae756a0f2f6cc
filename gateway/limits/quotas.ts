import type { Rate } from '../../server/rates.ts';
import type { Viewer } from '../../server/viewer.ts';
import type { Manifest } from '../partners/manifest.ts';
import type { Quota } from './meter.ts';

/** Who is counted, and by what. */
export interface Counted {
  /** The account, or the address of somebody without one. */
  readonly who: string;
  /** What each request takes one of. */
  readonly quotas: readonly Quota[];
}

/** The rates of those who are no partners; `off` counts nothing. */
export interface Rates {
  readonly people: Rate | 'off';
  readonly anonymous: Rate | 'off';
  readonly fields: ReadonlyMap<string, Rate>;
}

const DAY_SECONDS = 86_400;
/** Vietnam keeps UTC+7 all year. */
const OFFSET_SECONDS = 7 * 3_600;

/** Gives what a request of a viewer is counted by. */
export function countedOf(
  viewer: Viewer,
  address: string,
  partner: Manifest | null,
  { people, anonymous }: Rates,
): Counted {
  if (partner) return { who: viewer.subject, quotas: [rateOf(partner), dailyOf(partner)] };
  const isAnonymous = viewer.role === 'PUBLIC';
  const rate = isAnonymous ? anonymous : people;
  return {
    who: isAnonymous ? `address:${address}` : viewer.subject,
    quotas: rate === 'off' ? [] : [quotaOf(RATE, rate)],
  };
}

const RATE = 'rate';

/** Whether a quota is of moments, not of a day. */
export const isRate = ({ name }: Quota): boolean => name === RATE;

export const rateOf = ({ rate }: Manifest): Quota => quotaOf(RATE, rate);

/** A day of Vietnam: the quota is there again at midnight. */
export function dailyOf({ dailyQuota }: Manifest, nowMs: number = Date.now()): Quota {
  const passed = (Math.floor(nowMs / 1_000) + OFFSET_SECONDS) % DAY_SECONDS;
  return { name: 'daily', limit: dailyQuota, seconds: DAY_SECONDS, endsIn: DAY_SECONDS - passed };
}

/** What the operations of a minute may cost. */
export const costOfMinute = ({ cost }: Manifest): Quota => ({
  name: 'cost',
  limit: cost.perMinute,
  seconds: 60,
});

/** A field that is counted apart, by its coordinate. */
export const fieldQuota = (coordinate: string, rate: Rate): Quota => quotaOf(coordinate, rate);

const quotaOf = (name: string, { count, seconds }: Rate): Quota => ({ name, limit: count, seconds });
