import type { IncomingHttpHeaders } from 'node:http';
import { Transform } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { GraphError } from './errors.ts';
import type { Viewer } from './viewer.ts';

/**
 * Lets a body be as large as its sender may send, where that is less than the server's own limit: by its content-length,
 * beyond which Node reads nothing, and counted as it comes where there is none. Throws BODY_TOO_LARGE.
 */
export function limitBodies(app: FastifyInstance, limitOf: (viewer: Viewer) => number): void {
  app.addHook('preParsing', (request, _reply, payload, done) => {
    if (!request.scope) return done(null, payload);
    const limit = limitOf(request.scope.viewer);
    const announced = announcedLength(request.headers);
    if (announced !== null) return done(announced > limit ? tooLarge(limit) : null, payload);
    let received = 0;
    const counted = new Transform({
      transform(chunk: Buffer, _encoding, next) {
        received += chunk.length;
        if (received > limit) return next(tooLarge(limit));
        next(null, chunk);
      },
    });
    // Fastify compares with content-length what it takes for the bytes received.
    Object.defineProperty(counted, 'receivedEncodedLength', { get: () => received });
    payload.on('error', (error) => counted.destroy(error));
    done(null, payload.pipe(counted));
  });
}

/** Null where the length is not known before the end (RFC 9112, 6.3: a transfer-encoding overrides a content-length). */
function announcedLength(headers: IncomingHttpHeaders): number | null {
  const { 'content-length': length, 'transfer-encoding': encoding } = headers;
  return length === undefined || encoding !== undefined ? null : Number(length);
}

const tooLarge = (limit: number): GraphError =>
  new GraphError('BODY_TOO_LARGE', `The body may have at most ${limit} bytes.`, { params: { limit } });
