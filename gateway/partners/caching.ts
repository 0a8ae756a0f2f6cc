import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Manifest } from './manifest.ts';

/** What an answer depends on besides its URL. */
const VARY = 'authorization, x-api-key, accept-language, accept';

/**
 * Lets a partner's client keep the answers to registered operations that it gets by GET: `ETag` and `Cache-Control`, and
 * 304 without a body for `If-None-Match` (RFC 9110, 13.1.2). No other answer of the graph is to be kept, and none with
 * errors.
 */
export function tellCaches(
  app: FastifyInstance,
  partnerOf: (request: FastifyRequest) => Manifest | null,
): void {
  app.addHook('onSend', async (request, reply, payload: unknown) => {
    if (!request.scope) return payload;
    const partner = isWhole(request, reply) ? partnerOf(request) : null;
    if (!partner || typeof payload !== 'string') {
      if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'private, no-store');
      return payload;
    }
    const tag = `"${createHash('sha256').update(payload).digest('base64url')}"`;
    void reply.headers({
      etag: tag,
      'cache-control': `private, max-age=${partner.maxAge}, must-revalidate`,
      vary: [reply.getHeader('vary'), VARY].filter(Boolean).join(', '),
    });
    return isHeld(request, tag) ? notModified(reply) : payload;
  });
}

const isWhole = ({ method, scope }: FastifyRequest, { statusCode }: FastifyReply): boolean =>
  method === 'GET' &&
  scope.registered !== undefined &&
  statusCode === 200 &&
  scope.outcome.codes.length === 0;

/** Whether the client holds the answer already; weak tags compare equal (RFC 9110, 8.8.3.2). */
function isHeld({ headers }: FastifyRequest, tag: string): boolean {
  const held = headers['if-none-match'] ?? '';
  return held.trim() === '*' || held.split(',').some((each) => each.trim().replace(/^W\//u, '') === tag);
}

function notModified(reply: FastifyReply): null {
  void reply.code(304).removeHeader('content-type').removeHeader('content-length');
  return null;
}
