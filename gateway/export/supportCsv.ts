import { once } from 'node:events';
import { finished, Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refuseCrossSite } from '../../server/csrf.ts';
import { GraphError } from '../../server/errors.ts';
import type { Log } from '../../server/log.ts';
import type { Metrics } from '../../server/metrics.ts';
import { BYTE_ORDER_MARK, csvLine } from './csv.ts';
import { type AskGraph, columns, pagesOf } from './pages.ts';
import { type ExportRequest, readParameters } from './parameters.ts';

export interface SupportCsvOptions {
  readonly ask: AskGraph;
  readonly log: Log;
  readonly metrics: Metrics;
  /** How long a client may take nothing before it is cut off, in milliseconds. */
  readonly stallMs?: number;
}

const STALL_MS = 120_000;

/**
 * Serves the rows of `supportExport` as CSV at /export/support.csv, written as they are read. What goes wrong before the
 * first row is an error like any other; later the connection is cut, so that nobody takes a part for the whole.
 */
export function serveSupportCsv(app: FastifyInstance, options: SupportCsvOptions): void {
  app.route({
    method: 'GET',
    url: '/export/support.csv',
    exposeHeadRoute: false,
    config: { asksGraph: true },
    preHandler: async (request) => refuseCrossSite(request),
    handler: (request, reply) => send(options, request, reply),
  });
}

async function send(
  options: SupportCsvOptions,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const wanted = readParameters(request.query as Readonly<Record<string, string | string[]>>);
  Object.assign(request.scope.outcome, { operationName: 'SupportExportCsv', operationType: 'query' });
  // Takes a page from the graph only when the one before is on its way to the client.
  const file = Readable.from(piecesOf(options.ask, wanted, request));
  await once(file, 'readable');
  noteEnd(file, request.id, options);
  reply.raw.setTimeout(options.stallMs ?? STALL_MS, () => reply.raw.destroy());
  return reply
    .header('content-type', 'text/csv; charset=utf-8; header=present')
    .header('content-disposition', 'attachment; filename="support.csv"')
    .header('cache-control', 'private, no-store')
    .send(file);
}

/** Gives the file in pieces, the rows of a page in each; the first begins with the header. */
async function* piecesOf(
  ask: AskGraph,
  { variables, bom, cursors }: ExportRequest,
  { scope }: FastifyRequest,
): AsyncGenerator<string, void, void> {
  const header = csvLine([...columns, ...(cursors ? ['cursor'] : [])]);
  let piece = bom ? BYTE_ORDER_MARK + header : header;
  for await (const rows of pagesOf(ask, variables, scope)) {
    for (const { cursor, node } of rows) {
      piece += csvLine([...columns.map((column) => node[column] ?? null), ...(cursors ? [cursor] : [])]);
    }
    yield piece;
    piece = '';
  }
}

/** Writes why a file ended before its last row. */
function noteEnd(file: Readable, requestId: string, { log, metrics }: SupportCsvOptions): void {
  finished(file, (error) => {
    if (!error) return;
    if (error.code === 'ERR_STREAM_PREMATURE_CLOSE') {
      log.info({ requestId }, 'the client left an export before its last row');
      return;
    }
    metrics.error(error instanceof GraphError ? error.code : 'INTERNAL_SERVER_ERROR');
    log.warn({ requestId, error }, 'an export was cut off before its last row');
  });
}
