import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Meter, Standing } from './meter.ts';
import type { Counted } from './quotas.ts';
import { rateLimited, rateLimitHeaders, retryAfter } from './rateHeaders.ts';

/**
 * Counts each request that asks the graph by the quotas of its asker, and says in headers how they stand. Refuses with
 * 429 RATE_LIMITED and `Retry-After` what they have no room for; it takes nothing of the quota that
 * refused it.
 */
export function limitRates(
  app: FastifyInstance,
  meter: Meter,
  countedOf: (request: FastifyRequest) => Counted,
): void {
  app.addHook('onRequest', async (request, reply) => {
    // No scope: nobody asks the graph, or nobody knows who does.
    if (!request.scope) return;
    const { who, quotas } = countedOf(request);
    const standings: Standing[] = [];
    for (const quota of quotas) {
      const taking = await meter.take(quota, who);
      standings.push(taking);
      if (taking.refused) {
        tell(reply, standings);
        void reply.header('retry-after', retryAfter(taking));
        throw rateLimited(taking, 'This graph');
      }
    }
    tell(reply, standings);
  });
}

const tell = (reply: FastifyReply, standings: readonly Standing[]): void => {
  void reply.headers(rateLimitHeaders(standings));
};
