import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { GraphError } from '../../server/errors.ts';
import type { Rate } from '../../server/rates.ts';
import type { GraphContext, RequestScope } from '../../server/requestScope.ts';
import type { Manifest } from '../partners/manifest.ts';
import type { CostOf } from './cost.ts';
import type { Meter, Taking } from './meter.ts';
import { costOfMinute, fieldQuota } from './quotas.ts';
import { rateLimited, retryAfter } from './rateHeaders.ts';
import { countSelected } from './selected.ts';

export interface BudgetOptions {
  readonly meter: Meter;
  readonly partnerOf: (scope: RequestScope) => Manifest | null;
  /** The account or address that single fields are counted by; null for whoever is not counted. */
  readonly whoOf: (scope: RequestScope) => string | null;
  readonly fields: ReadonlyMap<string, Rate>;
  /** What an operation costs. */
  readonly costOf: CostOf;
}

/**
 * Charges each operation before it is executed: the fields that are counted apart (RATE_LIMITED), and its cost, to the
 * budget of a partner (COST_EXCEEDED). What is refused fetches nothing, and takes nothing of what refused it.
 */
export function chargeOperations(options: BudgetOptions): ApolloServerPlugin<GraphContext> {
  const countsOf = counter(new Set(options.fields.keys()));
  return {
    requestDidStart: async () => ({
      didResolveOperation: async (context) => {
        // Which of several operations is meant is not known: that is another refusal's.
        if (!context.operation) return;
        const { scope } = context.contextValue;
        await chargeFields(options, scope, countsOf(context));
        const partner = options.partnerOf(scope);
        if (!partner) return;
        const { document, operationName, request } = context;
        const cost = options.costOf(document, request.variables ?? {}, operationName);
        if (cost) await charge(options, partner, scope, cost);
      },
    }),
  };
}

type Resolved = GraphQLRequestContext<GraphContext> & {
  readonly document: DocumentNode;
  readonly operation?: OperationDefinitionNode | undefined;
};

/** Counts fields once for each operation: Apollo Server keeps parsed documents, and parses anew for another schema. */
function counter(coordinates: ReadonlySet<string>): (context: Resolved) => ReadonlyMap<string, number> {
  const memo = new WeakMap<OperationDefinitionNode, ReadonlyMap<string, number>>();
  return ({ schema, document, operation }) => {
    if (!operation) return new Map();
    const counts = memo.get(operation) ?? countSelected(schema, document, operation, coordinates);
    memo.set(operation, counts);
    return counts;
  };
}

async function chargeFields(
  { meter, whoOf, fields }: BudgetOptions,
  scope: RequestScope,
  counts: ReadonlyMap<string, number>,
): Promise<void> {
  const who = counts.size > 0 ? whoOf(scope) : null;
  if (who === null) return;
  for (const [coordinate, times] of counts) {
    const rate = fields.get(coordinate);
    const taking = rate && (await meter.take(fieldQuota(coordinate, rate), who, times));
    if (taking?.refused) throw tooOften(rateLimited(taking, coordinate), taking);
  }
}

/** Charges a cost to the budget of a partner. Throws COST_EXCEEDED when its minute would cost too much. */
async function charge(
  { meter }: BudgetOptions,
  partner: Manifest,
  scope: RequestScope,
  cost: number,
): Promise<void> {
  const taking = await meter.take(costOfMinute(partner), scope.viewer.subject, cost);
  if (!taking.refused) return;
  const { quota, used, reset } = taking;
  const message = `The operation costs ${cost}; a minute may cost ${quota.limit}, of which ${used} are used up. Ask again in ${reset} s.`;
  throw tooOften(
    new GraphError('COST_EXCEEDED', message, { params: { limit: quota.limit, used, reset } }),
    taking,
  );
}

const tooOften = (error: GraphError, taking: Taking): GraphError =>
  answeredWith({ status: 429, headers: new HeaderMap([['retry-after', retryAfter(taking)]]) }, error);

/** Says with which status and headers Apollo Server answers an error; it takes them out of what a client sees. */
function answeredWith(http: { status: number; headers: HeaderMap }, error: GraphError): GraphError {
  Object.assign(error.extensions, { http });
  return error;
}
