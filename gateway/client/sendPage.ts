import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ContentSecurityPolicy } from '../../server/securityHeaders.ts';
import type { ClientState } from './client.ts';
import { sendFile } from './sendFile.ts';
import { statusPages } from './statusPages.ts';

/** Scripts, styles and requests of our own origin only, and nothing inline: what a page draws, it draws by its own files. */
export const ownOriginOnly = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  fontSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
} as const satisfies ContentSecurityPolicy;

/** Sends a page of the build by its name, asked for anew each time; while it is being built, one that says so. */
export function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  state: ClientState,
  name: string,
): FastifyReply | Promise<FastifyReply> {
  if (state.kind !== 'BUILT') {
    void reply.code(503).headers({ 'cache-control': 'no-store', 'retry-after': '2' });
    return reply.type('text/html; charset=utf-8').send(statusPages[state.kind]);
  }
  const tag = `"${state.files.version}"`;
  void reply.header('cache-control', 'no-cache').header('etag', tag);
  if (request.headers['if-none-match'] === tag) return reply.code(304).send();
  return sendFile(request, reply, state.files.byPath.get(name));
}
