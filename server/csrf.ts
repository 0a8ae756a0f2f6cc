import type { FastifyRequest } from 'fastify';
import { GraphError } from './errors.ts';

const preflightHeaders = ['apollo-require-preflight', 'x-apollo-operation-name'];
const own = new Set([undefined, 'same-origin', 'none']);

/**
 * Refuses a GET that a page of another site made a browser send. A POST needs `content-type: application/json`,
 * for which browsers ask first (CORS); a GET they send unasked, yet say where it came from in Sec-Fetch-Site
 * (https://www.w3.org/TR/fetch-metadata/). Apollo's own guard refuses every GET without a header of its own, which
 * GraphQL over HTTP does not ask of clients; those headers still open the way, because browsers ask before sending them.
 */
export function refuseCrossSite(request: FastifyRequest): void {
  if (request.method !== 'GET') return;
  if (own.has(request.headers['sec-fetch-site'] as string | undefined)) return;
  if (preflightHeaders.some((header) => request.headers[header])) return;
  throw new GraphError(
    'BAD_REQUEST',
    `This GET was sent by a page of another site and is refused. Send it with the header ${preflightHeaders[0]}, or a query by POST with content-type: application/json.`,
  );
}
