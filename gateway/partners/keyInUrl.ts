import type { FastifyInstance } from 'fastify';
import { GraphError } from '../../server/errors.ts';
import type { Log } from '../../server/log.ts';
import { partnerInUrl } from './key.ts';

/**
 * Refuses a request whose URL holds a partner's key, whatever it asks: proxies, histories and logs keep URLs. The key is
 * in none of ours; whose it is stands there, so that somebody can see to it.
 * Throws KEY_IN_URL.
 */
export function refuseKeysInUrls(app: FastifyInstance, log: Log): void {
  app.addHook('onRequest', async ({ raw, id }) => {
    const partner = partnerInUrl(raw.url ?? '');
    if (partner === null) return;
    log.warn({ requestId: id, partner }, 'a key of this partner came in a URL and should be rotated');
    throw new GraphError(
      'KEY_IN_URL',
      'A key stood in the URL, where others can read it. Send it as Authorization: Bearer or x-api-key, and have it rotated: it counts as known.',
    );
  });
}
