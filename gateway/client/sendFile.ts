import { readFile } from 'node:fs/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Encoding, PageFile } from './pageFiles.ts';

/** Sends a file of a build, in the best encoding that the browser takes; 404 where there is no such file. */
export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: PageFile | undefined,
): Promise<FastifyReply> {
  const encoding = file ? encodingFor(request, file) : 'identity';
  const place = file?.places[encoding];
  if (!file || !place) {
    reply.callNotFound();
    return reply;
  }
  if (encoding !== 'identity') void reply.header('content-encoding', encoding);
  return (
    reply
      .type(file.type)
      .header('vary', 'accept-encoding')
      // Read when asked: a megabyte that a server without visitors need not hold.
      .send(await readFile(place))
  );
}

function encodingFor({ headers }: FastifyRequest, { places }: PageFile): Encoding {
  const accepted = String(headers['accept-encoding'] ?? '');
  const best = (['br', 'gzip'] as const).find(
    (each) => places[each] && new RegExp(`\\b${each}\\b(?!;\\s*q=0(\\.0+)?\\b)`, 'u').test(accepted),
  );
  return best ?? 'identity';
}
