import { readFile } from 'node:fs/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ContentSecurityPolicy } from '../../server/securityHeaders.ts';
import type { Client } from './client.ts';
import type { Encoding, PageFile } from './pageFiles.ts';
import { statusPages } from './statusPages.ts';

/** Scripts, styles and requests of our own origin only, and nothing inline: what a page draws, it draws by its own files. */
const contentSecurityPolicy: ContentSecurityPolicy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  fontSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

const html = 'text/html; charset=utf-8';
/** Vite names these files by what is in them. */
const HASHED = 'assets/';

/**
 * Serves the dashboard at /dashboard: its files, and at every other address under it the page itself, which reads from the
 * address what to show. While it is being built, a page says so and asks again by itself.
 */
export function serveClient(app: FastifyInstance, client: Pick<Client, 'state'>): void {
  const options = { config: { contentSecurityPolicy } };
  app.get('/dashboard', options, (_request, reply) => reply.redirect('/dashboard/', 308));
  app.get<{ Params: { '*': string } }>('/dashboard/*', options, (request, reply) => {
    const state = client.state();
    if (state.kind !== 'BUILT') return sendStatus(reply, state.kind);
    const path = request.params['*'];
    const { version, byPath } = state.files;
    if (path.startsWith(HASHED)) {
      const file = byPath.get(path);
      if (!file) return notFound(reply);
      return sendFile(request, reply.header('cache-control', 'public, max-age=31536000, immutable'), file);
    }
    const file = byPath.get(path) ?? byPath.get('index.html');
    if (!file) return notFound(reply);
    const tag = `"${version}"`;
    void reply.header('cache-control', 'no-cache').header('etag', tag);
    return request.headers['if-none-match'] === tag ? reply.code(304).send() : sendFile(request, reply, file);
  });
}

function notFound(reply: FastifyReply): FastifyReply {
  reply.callNotFound();
  return reply;
}

function sendStatus(reply: FastifyReply, kind: keyof typeof statusPages): FastifyReply {
  return reply
    .code(503)
    .headers({ 'cache-control': 'no-store', 'retry-after': '2' })
    .type(html)
    .send(statusPages[kind]);
}

// Read when asked: a megabyte that a server without visitors need not hold.
async function sendFile(request: FastifyRequest, reply: FastifyReply, file: PageFile): Promise<FastifyReply> {
  const encoding = encodingFor(request, file);
  const place = file.places[encoding];
  if (!place) return notFound(reply);
  if (encoding !== 'identity') void reply.header('content-encoding', encoding);
  return reply
    .type(file.type)
    .header('vary', 'accept-encoding')
    .send(await readFile(place));
}

function encodingFor({ headers }: FastifyRequest, { places }: PageFile): Encoding {
  const accepted = String(headers['accept-encoding'] ?? '');
  const best = (['br', 'gzip'] as const).find(
    (each) => places[each] && new RegExp(`\\b${each}\\b(?!;\\s*q=0(\\.0+)?\\b)`, 'u').test(accepted),
  );
  return best ?? 'identity';
}
