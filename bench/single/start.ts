import { readFileSync } from 'node:fs';
import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { execute, parse } from 'graphql';
import { openConnections } from '../../database/connections.ts';
import { createApollo } from '../../server/apollo.ts';
import { readConfig } from '../../server/config.ts';
import { createLog } from '../../server/log.ts';
import { createMetrics } from '../../server/metrics.ts';
import type { GraphContext } from '../../server/requestScope.ts';
import type { Environment } from '../../server/secretFiles.ts';
import { type Running, serve } from '../../server/serve.ts';
import { demoViewer } from '../../server/viewer.ts';
import { activities } from '../../subgraphs/activities/index.ts';
import { awards } from '../../subgraphs/awards/index.ts';
import { campaigns } from '../../subgraphs/campaigns/index.ts';
import { secretsOf } from '../../subgraphs/secrets.ts';
import { units } from '../../subgraphs/units/index.ts';
import { Asked } from './asked.ts';
import { openPart } from './part.ts';
import { singleSchema } from './schema.ts';
import { selections } from './selections.ts';

const api = new URL('../../schema/api.graphql', import.meta.url);

/**
 * Starts one GraphQL server without federation over the database in MONGODB_URI: the same models, loaders and resolvers
 * behind the same HTTP edge, so that what it lacks is the gateway alone. It is the limit that a gateway is measured
 * against, and no way to run the graph: it knows no credentials and no commands.
 * @throws StartError when the environment, the database or the port is not right.
 */
export async function startSingle(env: Environment): Promise<Running> {
  const config = readConfig(env);
  const log = createLog(config.logLevel, 'single');
  const metrics = createMetrics();
  const connections = await openConnections({ config, subgraphs: ['single'], metrics });
  const connection = connections.of('single');
  const parts = [
    openPart(units, connection, secretsOf('units', config)),
    openPart(campaigns, connection, secretsOf('campaigns', config)),
    openPart(activities, connection, secretsOf('activities', config)),
    openPart(awards, connection, secretsOf('awards', config)),
  ];
  const schema = singleSchema(parse(readFileSync(api, 'utf8'), { noLocation: true }), parts);
  const answer = answerBy(schema, selections(schema, parts));
  const maskErrors = (errors: readonly { toJSON: () => object }[]) =>
    errors.map((error) => error.toJSON()) as never;
  const server = createApollo({ graph: { schema, answer }, introspection: false, maskErrors, log });
  await server.apollo.start();
  const running = await serve({
    ...config,
    apollo: { of: () => server, stop: () => server.apollo.stop() },
    port: config.port ?? 0,
    bodyLimit: 256 * 1024,
    viewerOf: () => demoViewer,
    readiness: async () => ({ ready: true }),
    log,
    metrics,
  });
  return {
    url: running.url,
    stop: async () => {
      await running.stop();
      await connections.close();
    },
  };
}

type Selections = ReturnType<typeof selections>;

const answerBy = (
  schema: Parameters<typeof selections>[0],
  selectionsOf: Selections,
): ApolloServerPlugin<GraphContext> => ({
  requestDidStart: async () => ({
    responseForOperation: async ({ document, request, contextValue: { scope } }) => {
      const asker = { viewer: scope.viewer, requestId: scope.requestId, now: new Date() };
      const { data, errors } = await execute({
        schema,
        document,
        variableValues: request.variables,
        operationName: request.operationName,
        contextValue: new Asked(asker, selectionsOf(document)),
      });
      const singleResult = {
        ...(errors && { errors: errors.map((error) => error.toJSON()) }),
        data: data ?? null,
      };
      return { http: { status: 200, headers: new HeaderMap() }, body: { kind: 'single', singleResult } };
    },
  }),
});
