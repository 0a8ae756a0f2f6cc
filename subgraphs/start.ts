import { openConnections } from '../database/connections.ts';
import { Closers } from '../server/closers.ts';
import { type Config, readConfig, variableName } from '../server/config.ts';
import { createLog } from '../server/log.ts';
import { createMetrics } from '../server/metrics.ts';
import type { Environment } from '../server/secretFiles.ts';
import type { Running } from '../server/serve.ts';
import { StartError } from '../server/startError.ts';
import { viewerKeyOf } from '../server/viewerKey.ts';
import { openDoor } from './doors.ts';
import { httpFeed } from './feedClient.ts';
import { isSubgraph, type SubgraphName, subgraphNames } from './registry.ts';
import { secretsOf } from './secrets.ts';
import { serveSubgraph } from './serve.ts';

const FIRST_PORT = 4001;

/**
 * Starts one subgraph as a process of its own over a real MongoDB.
 * @throws StartError when the name, the environment, the database or the port is not right.
 */
export async function startSubgraph(
  name: string | undefined,
  env: Environment,
  terminal = false,
): Promise<Running> {
  if (!isSubgraph(name)) {
    throw new StartError(
      `There is no subgraph ${JSON.stringify(name ?? '')}. Say which one: npm run subgraph -- ${subgraphNames.join(' | ')}`,
    );
  }
  const config = readConfig(env, { subgraphs: subgraphNames, terminal });
  const viewerKey = viewerKeyOf(config);
  const secrets = secretsOf(name, config);
  const log = createLog(config.logLevel, name);
  const metrics = createMetrics();
  const closers = new Closers();
  return closers.closeOnFailure(async () => {
    const connections = await openConnections({ config, subgraphs: [name], metrics });
    closers.add(connections.close);
    const door = await openDoor(name, {
      connection: connections.of(name),
      monitored: () => connections.monitored(name),
      secrets,
      logUnexpected: (error, request) => log.error({ ...request, error }, 'unexpected error'),
    });
    const work = door.start({
      feedOf: (source) => {
        const feed = httpFeed({ url: urlOf(source, config), viewerKey, reader: name });
        closers.add(feed.close);
        return feed;
      },
      onError: (error, work) => log.warn({ error, work }, 'work behind the door failed and is tried again'),
    });
    closers.add(work.stop);
    const port = config.port ?? portOf(name);
    const running = await serveSubgraph({ door, config, port, viewerKey, log, metrics });
    closers.add(running.stop);
    log.info({ url: running.url }, 'listening');
    return { url: running.url, stop: closers.close };
  });
}

const portOf = (name: SubgraphName): number => FIRST_PORT + subgraphNames.indexOf(name);

/** Where another subgraph is found: as the gateway finds it, or at its port on this machine. */
const urlOf = (source: string, { subgraphUrls }: Config): string =>
  subgraphUrls.get(variableName(source)) ?? `http://127.0.0.1:${portOf(source as SubgraphName)}`;
