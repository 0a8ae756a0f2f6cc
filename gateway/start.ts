import { scalars } from '../schema/scalars.ts';
import { announce } from '../server/announce.ts';
import { auditLogOf } from '../server/auditLog.ts';
import { Closers } from '../server/closers.ts';
import { readConfig, refuseUnknownSubgraphs, variableName } from '../server/config.ts';
import { createLog } from '../server/log.ts';
import { createMetrics } from '../server/metrics.ts';
import type { Environment } from '../server/secretFiles.ts';
import type { Running } from '../server/serve.ts';
import { viewerKeyOf } from '../server/viewerKey.ts';
import { openTokens } from './access/tokens/openTokens.ts';
import { tokenSettings } from './access/tokens/settings.ts';
import { httpCarrier } from './carrier/http.ts';
import { readExamples } from './examples.ts';
import { serveGateway } from './serveGateway.ts';
import { supergraphOf } from './supergraph.ts';
import { waysIn } from './waysIn.ts';

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
  const viewerKey = viewerKeyOf(config);
  const settings = tokenSettings(config);
  const closers = new Closers();
  return closers.closeOnFailure(async () => {
    const audit = auditLogOf(config);
    closers.add(audit.close);
    const tokens = openTokens(settings, log);
    closers.add(tokens.stop);
    const running = await serveGateway({
      config,
      supergraph,
      carrier: httpCarrier({ viewerKey, urlOf: (name) => config.subgraphUrls.get(variableName(name)) }),
      scalars,
      credentials: [tokens.credential],
      audit,
      // Examples of another graph's operations would not run on this one.
      examples: config.supergraph ? [] : readExamples(new URL('operations/', schema)),
      dashboard: config.dashboard,
      log,
      metrics: createMetrics(),
    });
    closers.add(running.stop);
    log.info({ url: running.url }, 'listening');
    if (terminal) announce(waysIn(running.url, config));
    return { url: running.url, stop: closers.close };
  });
}
