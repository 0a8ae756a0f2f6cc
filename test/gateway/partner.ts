import { stringify } from 'yaml';
import { hashOf, makeKey } from '../../gateway/partners/key.ts';

const YEAR_MS = 365 * 86_400_000;

/** A partner of a test: a key that opens, and the manifest that says so. */
export interface TestPartner {
  readonly key: string;
  readonly headers: { readonly 'x-api-key': string };
  readonly manifest: string;
}

export const keyEntry = (key: string, about: object = {}) => ({
  ...{ id: 'k1', hash: hashOf(key), createdAt: new Date(0).toISOString() },
  expiresAt: new Date(Date.now() + YEAR_MS).toISOString(),
  ...about,
});

/** Makes a partner with wide limits; `terms` says what of its manifest is different. */
export function testPartner(terms: object = {}, id = 'bookshop'): TestPartner {
  const key = makeKey(id);
  return {
    key,
    headers: { 'x-api-key': key },
    manifest: stringify({
      ...{ id, name: 'The Bookshop', contact: 'it@bookshop.example', contract: 'partner', mode: 'OPEN' },
      ...{ rate: { perMinute: 10_000 }, dailyQuota: 10_000, cost: { perOperation: 100, perMinute: 1_000 } },
      keys: [keyEntry(key)],
      ...terms,
    }),
  };
}
