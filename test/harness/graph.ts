import type { FormattedExecutionResult } from 'graphql';
import type { Connection } from 'mongoose';
import { inject } from 'vitest';
import type { Answer, Carrier } from '../../gateway/carrier/carrier.ts';
import { httpCarrier } from '../../gateway/carrier/http.ts';
import { memoryCarrier } from '../../gateway/carrier/memory.ts';
import { serveGateway } from '../../gateway/serveGateway.ts';
import { readSupergraph } from '../../gateway/supergraph.ts';
import { scalars } from '../../schema/scalars.ts';
import { readConfig } from '../../server/config.ts';
import { createLog } from '../../server/log.ts';
import { createMetrics } from '../../server/metrics.ts';
import type { Running } from '../../server/serve.ts';
import { serveSubgraph } from '../../subgraphs/serve.ts';
import { openDoors } from './doors.ts';
import { countCommands, type Price } from './price.ts';

export const carriers = ['memory', 'http'] as const;
export type CarrierName = (typeof carriers)[number];

/** An answer and what it cost. */
export interface Asked extends FormattedExecutionResult {
  readonly price: Price;
}

export interface TestGraph {
  readonly url: string;
  /** By which the subgraphs read; a test may watch what they send. */
  readonly connection: Connection;
  readonly ask: (
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Asked>;
  /** Subgraphs over HTTP, by name; a test may stop one. */
  readonly subgraphs: Readonly<Record<string, Running>>;
  readonly stop: () => Promise<void>;
}

/** By which the gateway signs, and the subgraphs believe. */
export const VIEWER_KEY = 'a key of the tests that is long enough to be one';

/**
 * Starts the whole graph on free ports over the shared seeded database, or another one, by one of the two carriers; `env`
 * says what is set besides.
 */
export async function startGraph(
  carrierName: CarrierName,
  database: string = inject('sharedDatabase'),
  env: Readonly<Record<string, string>> = {},
): Promise<TestGraph> {
  const config = readConfig({ PORT: '0', LOG_LEVEL: 'silent', ...env });
  const log = createLog(config.logLevel, 'test');
  const { connection, doors } = await openDoors(inject('mongodbUri'), database);
  const subgraphs: Record<string, Running> = {};
  if (carrierName === 'http') {
    for (const [name, door] of Object.entries(doors)) {
      subgraphs[name] = await serveSubgraph({
        door,
        config,
        port: 0,
        viewerKey: VIEWER_KEY,
        log,
        metrics: createMetrics(),
      });
    }
  }
  const fetches = new Map<string, number>();
  const carrier =
    carrierName === 'memory'
      ? memoryCarrier(doors as never)
      : httpCarrier({ viewerKey: VIEWER_KEY, urlOf: (name) => `${subgraphs[name]?.url}/graphql` });
  const gateway = await serveGateway({
    config,
    supergraph: readSupergraph('schema/supergraph.graphql'),
    carrier: counting(carrier, fetches),
    scalars,
    credentials: [],
    audit: { append: () => {} },
    examples: [],
    dashboard: env.DASHBOARD === 'on',
    log,
    metrics: createMetrics(),
  });
  const commands = countCommands(connection);
  return {
    url: gateway.url,
    connection,
    subgraphs,
    ask: async (query, variables, headers) => {
      fetches.clear();
      commands.take();
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      });
      const answer = (await response.json()) as FormattedExecutionResult;
      return { ...answer, price: { fetches: Object.fromEntries(fetches), commands: commands.take() } };
    },
    stop: async () => {
      await gateway.stop();
      await Promise.all(Object.values(subgraphs).map((running) => running.stop()));
      commands.stop();
      await connection.close();
    },
  };
}

/** The same carrier, with each fetch counted by subgraph. */
const counting = (carrier: Carrier, fetches: Map<string, number>): Carrier => ({
  ...carrier,
  open: (name, url) => {
    const way = carrier.open(name, url);
    return {
      ...way,
      send: (fetch): Promise<Answer> => {
        fetches.set(name, (fetches.get(name) ?? 0) + 1);
        return way.send(fetch);
      },
    };
  },
});
