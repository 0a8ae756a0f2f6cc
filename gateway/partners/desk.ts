import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type GraphQLSchema, printSchema, validate } from 'graphql';
import { GraphError } from '../../server/errors.ts';
import type { CostOf } from '../limits/cost.ts';
import type { Meter, Standing } from '../limits/meter.ts';
import { costOfMinute, dailyOf, rateOf } from '../limits/quotas.ts';
import type { Manifest } from './manifest.ts';
import { subjectOf } from './registry.ts';

export interface DeskOptions {
  readonly partnerOf: (request: FastifyRequest) => Manifest | null;
  /** The schema of a contract. */
  readonly schema: (contract: string) => GraphQLSchema;
  readonly meter: Meter;
  readonly costOf: CostOf;
}

/** Where partners find what is theirs. */
export const DESK = '/partner/';

/**
 * Serves what a partner may know of itself, to its key: the SDL of its contract, its registered operations, and how much
 * is left of its quotas. Throws UNAUTHENTICATED for everybody else.
 */
export function servePartners(app: FastifyInstance, options: DeskOptions): void {
  const serve = (path: string, give: (partner: Manifest, reply: FastifyReply) => unknown) =>
    app.get(`${DESK}${path}`, { config: { asksGraph: true } }, async (request, reply) => {
      const partner = options.partnerOf(request);
      if (!partner) throw keyWanted();
      void reply.headers({ 'cache-control': 'private, no-store', vary: 'authorization, x-api-key' });
      return give(partner, reply);
    });
  serve('schema.graphql', ({ contract }, reply) => {
    void reply.type('text/plain; charset=utf-8');
    return printSchema(options.schema(contract));
  });
  serve('operations.json', (partner) => operationsOf(partner, options));
  serve('usage', (partner) => usageOf(partner, options.meter));
}

const keyWanted = (): GraphError =>
  new GraphError(
    'UNAUTHENTICATED',
    'This is shown to the key of a partner. Send it as Authorization: Bearer emu_…, or as x-api-key.',
  );

/** Apollo's format, with what else is known of each: what it costs with no variables, and why it cannot be answered. */
function operationsOf({ operations, contract }: Manifest, { schema, costOf }: DeskOptions): object {
  const current = schema(contract);
  return {
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: operations.map(({ id, name, type, body, document }) => {
      const errors = validate(current, document).map(({ message }) => message);
      const cost = errors.length === 0 ? costOf(document, {}, name) : null;
      return { id, name, type, body, cost, ...(errors.length > 0 ? { errors } : {}) };
    }),
  };
}

async function usageOf(partner: Manifest, meter: Meter): Promise<object> {
  const { id, mode, contract, cost } = partner;
  const who = subjectOf(id);
  const [rate, daily, minute] = await Promise.all([
    meter.standing(rateOf(partner), who),
    meter.standing(dailyOf(partner), who),
    meter.standing(costOfMinute(partner), who),
  ]);
  return {
    partner: id,
    contract,
    mode,
    rate: shown(rate),
    daily: shown(daily),
    cost: { perOperation: cost.perOperation, perMinute: shown(minute) },
  };
}

const shown = ({ quota, used, remaining, reset }: Standing) => ({
  limit: quota.limit,
  windowSeconds: quota.seconds,
  used,
  remaining,
  reset,
});
