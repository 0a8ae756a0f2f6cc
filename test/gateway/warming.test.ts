import { QueryPlanner } from '@apollo/query-planner';
import { expect, it, onTestFinished, vi } from 'vitest';
import { memoryCarrier } from '../../gateway/carrier/memory.ts';
import { type Composed, createGateway } from '../../gateway/gateway.ts';
import { noWeights } from '../../gateway/limits/weights.ts';
import { Deadline } from '../../server/deadline.ts';
import { createLog } from '../../server/log.ts';
import { createMetrics } from '../../server/metrics.ts';
import { publicViewer } from '../../server/viewer.ts';
import { composeShop, openShop } from './shop.ts';

const sdl = composeShop({ products: 'http://127.0.0.1:1', reviews: 'http://127.0.0.1:2' });
const composed = (text: string): Composed => ({
  sdl: text,
  subgraphs: ['products', 'reviews'].map((name, index) => ({ name, url: `http://127.0.0.1:${index + 1}` })),
  recorded: new Set(),
  access: {},
  contracts: new Map(),
  weights: noWeights,
});

async function openGateway(operations: readonly string[]) {
  const gateway = await createGateway({
    supergraph: composed(sdl),
    carrier: memoryCarrier({ products: openShop('products', []), reviews: openShop('reviews', []) }),
    scalars: {},
    faceOf: () => ({ contract: null, open: true }),
    unauthorized: 'FILTER',
    operations,
    fetchTimeoutMs: 10_000,
    log: createLog('silent', 'warming'),
    metrics: createMetrics(),
  });
  const planned = vi.spyOn(QueryPlanner.prototype, 'buildQueryPlan');
  onTestFinished(async () => {
    planned.mockRestore();
    await gateway.stop();
  });
  const scope = {
    requestId: 'r1',
    traceparent: '',
    address: '127.0.0.1',
    viewer: publicViewer,
    deadline: new Deadline(60_000),
    client: { name: null, version: null },
    outcome: { operationName: null, operationType: null, codes: [] },
  };
  const ask = async (query: string) => {
    const answer = await gateway.ask({ query, variables: {} }, scope);
    return { ...answer, plans: planned.mock.calls.splice(0).length };
  };
  return { gateway, ask, planned };
}

const named = 'query Names { products { name } }';
const names = { products: [1, 2, 3].map((id) => ({ name: `Product ${id}` })) };

it('a named operation is planned before it is asked, any other when it is asked first', async () => {
  const { gateway, ask, planned } = await openGateway([named]);
  await gateway.warm();
  planned.mockClear();
  expect(await ask(named)).toEqual({ data: names, plans: 0 });
  expect(await ask('{ products { name } }')).toEqual({ data: names, plans: 1 });
  expect(await ask('{ products { name } }')).toEqual({ data: names, plans: 0 });
});

it('another supergraph takes over with the plans of what is named and of what was asked', async () => {
  const { gateway, ask } = await openGateway([named]);
  await ask('{ products { id rating } }');
  await gateway.reload(composed(sdl.replaceAll('whoami', 'whoamI')));
  const { plans } = await ask('{ whoamI }');
  // All the plans of the change were made before the first question to the new graph, which needed one of its own.
  expect(plans).toBe(2 + 1 + 1);
  expect((await ask(named)).plans).toBe(0);
  expect((await ask('{ products { id rating } }')).plans).toBe(0);
});

it('the supergraph before stays, with its plans, when the next cannot be used', async () => {
  const { gateway, ask } = await openGateway([]);
  await ask(named);
  await expect(gateway.reload(composed('type Query { broken: Nothing }'))).rejects.toThrow();
  expect(await ask(named)).toEqual({ data: names, plans: 0 });
});
