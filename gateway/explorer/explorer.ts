import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ContentSecurityPolicy } from '../../server/securityHeaders.ts';
import type { DemoAsker } from './demoAskers.ts';

/** A named operation to start from. */
export interface Example {
  readonly query: string;
  /** JSON, as it stands in the explorer's variables. */
  readonly variables: string | null;
  /** JSON, as it stands in the explorer's headers. */
  readonly headers: string | null;
}

interface Asset {
  readonly file: string | URL;
  readonly type: string;
}

const require = createRequire(import.meta.url);
const own = (name: string): URL => new URL(name, import.meta.url);
// The packages export no path to their browser bundles; these stand beside their main files.
const beside = (main: string, name: string): string => join(dirname(main), name);
const script = 'text/javascript; charset=utf-8';
const style = 'text/css; charset=utf-8';

/** The browser bundles of GraphiQL 4 and React 18 as their packages ship them: nothing is fetched from elsewhere. */
const assets = (): Readonly<Record<string, Asset>> => ({
  'react.js': { file: beside(require.resolve('react'), 'umd/react.production.min.js'), type: script },
  'react-dom.js': {
    file: beside(require.resolve('react-dom'), 'umd/react-dom.production.min.js'),
    type: script,
  },
  'graphiql.js': { file: beside(require.resolve('graphiql'), 'index.umd.js'), type: script },
  'graphiql.css': { file: beside(require.resolve('graphiql'), 'style.css'), type: style },
  'page.js': { file: own('page.js'), type: script },
  'explainFetch.js': { file: own('explainFetch.js'), type: script },
  'explainPanel.js': { file: own('explainPanel.js'), type: script },
  'page.css': { file: own('page.css'), type: style },
});

/** Scripts and requests to our own origin only. GraphiQL's editor writes style attributes, which carry no code. */
const contentSecurityPolicy: ContentSecurityPolicy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

/**
 * Serves the page to ask from at `/`, with its scripts, examples and askers from our own origin. Where there are askers,
 * one can be chosen; where requests need credentials, there is nothing to choose.
 */
export function serveExplorer(
  app: FastifyInstance,
  examples: readonly Example[],
  askers: readonly DemoAsker[],
): void {
  const page = readFileSync(own('page.html'), 'utf8');
  app.get('/', { config: { contentSecurityPolicy } }, (request, reply) => {
    if (request.headers.accept?.includes('text/html'))
      return reply.type('text/html; charset=utf-8').send(page);
    return { graphql: '/graphql', schema: '/schema.graphql', ready: '/health/ready', metrics: '/metrics' };
  });
  app.get('/explorer/examples.json', () => examples);
  app.get('/explorer/askers.json', () => askers);
  for (const [name, asset] of Object.entries(assets())) {
    app.get(`/explorer/${name}`, (_request, reply) => send(reply, asset));
  }
}

// Read when asked: a megabyte and a half that a server without visitors need not hold.
const send = async (reply: FastifyReply, { file, type }: Asset): Promise<FastifyReply> =>
  reply
    .type(type)
    .header('cache-control', 'no-cache')
    .send(await readFile(file));
