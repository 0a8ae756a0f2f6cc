import type { FastifyInstance } from 'fastify';
import type { ContentSecurityPolicy } from '../../server/securityHeaders.ts';
import type { Client } from '../client/client.ts';
import { ownOriginOnly, sendPage } from '../client/sendPage.ts';
import type { DemoAsker } from './demoAskers.ts';

/** A named operation to start from. */
export interface Example {
  /** What it answers: "D4. How support of one unit went on …". */
  readonly title: string;
  /** Who asks it, as the explorer groups them. */
  readonly asker: string;
  readonly query: string;
  /** JSON, as it stands in the explorer's variables. */
  readonly variables: string | null;
  /** JSON, as it stands in the explorer's headers. */
  readonly headers: string | null;
}

/** GraphiQL's editor writes style attributes, which carry no code, and brings its font in its style. */
const contentSecurityPolicy: ContentSecurityPolicy = {
  ...ownOriginOnly,
  styleSrc: ["'self'", "'unsafe-inline'"],
  fontSrc: ["'self'", 'data:'],
};

export interface ExplorerOptions {
  readonly client: Pick<Client, 'state'>;
  readonly examples: readonly Example[];
  readonly askers: readonly DemoAsker[];
}

/**
 * Serves the page to ask from at `/`, with its examples and askers. Where there are askers, one can be chosen; where
 * requests need credentials, there is nothing to choose. Programs that look at `/` are told the addresses instead.
 */
export function serveExplorer(app: FastifyInstance, { client, examples, askers }: ExplorerOptions): void {
  app.get('/', { config: { contentSecurityPolicy } }, async (request, reply) =>
    request.headers.accept?.includes('text/html')
      ? sendPage(request, reply, await client.state(), 'explorer.html')
      : { graphql: '/graphql', schema: '/schema.graphql', ready: '/health/ready', metrics: '/metrics' },
  );
  app.get('/explorer/examples.json', () => examples);
  app.get('/explorer/askers.json', () => askers);
}
