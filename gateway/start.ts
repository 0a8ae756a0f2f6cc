import { scalars } from '../schema/scalars.ts';
import { readConfig, refuseUnknownSubgraphs, variableName } from '../server/config.ts';
import { createLog } from '../server/log.ts';
import { createMetrics } from '../server/metrics.ts';
import type { Environment } from '../server/secretFiles.ts';
import type { Running } from '../server/serve.ts';
import { viewerKeyOf } from '../server/viewerKey.ts';
import { httpCarrier } from './carrier/http.ts';
import { readExamples } from './examples.ts';
import { serveGateway } from './serveGateway.ts';
import { supergraphOf } from './supergraph.ts';

const schema = new URL('../schema/', import.meta.url);

/**
 * Starts the gateway as a process of its own, its subgraphs behind HTTP.
 * @throws StartError when the environment, the supergraph or the port is not right.
 */
export async function startGateway(env: Environment, terminal = false): Promise<Running> {
  const config = readConfig(env, { terminal });
  const supergraph = supergraphOf(config, new URL('supergraph.graphql', schema));
  refuseUnknownSubgraphs(
    config,
    supergraph.subgraphs.map(({ name }) => name),
  );
  const log = createLog(config.logLevel, 'gateway');
  const running = await serveGateway({
    config,
    supergraph,
    carrier: httpCarrier({
      viewerKey: viewerKeyOf(config),
      urlOf: (name) => config.subgraphUrls.get(variableName(name)),
    }),
    scalars,
    // Examples of another graph's operations would not run on this one.
    examples: config.supergraph ? [] : readExamples(new URL('operations/', schema)),
    log,
    metrics: createMetrics(),
  });
  log.info({ url: running.url }, 'listening');
  return running;
}
