import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { logOperation } from '../server/accessLog.ts';
import { type Drain, shuttingDown } from '../server/drain.ts';
import { refusalOf } from '../server/httpErrors.ts';
import { type Frame, FrameWriter, frameReader } from '../server/line/frames.ts';
import {
  LINE_HEADER,
  LINE_OPENED,
  LINE_PROTOCOL,
  MOST_ASKED,
  MOST_TEXTS,
  readAsk,
  saying,
} from '../server/line/messages.ts';
import type { Log } from '../server/log.ts';
import type { Metrics } from '../server/metrics.ts';
import { type Outcome, requestIdOf } from '../server/requestScope.ts';
import { VIEWER_HEADER, type Viewer } from '../server/viewer.ts';
import { askInTime, statusOf } from './askInTime.ts';
import type { Door } from './subgraph.ts';

export interface LinesOptions {
  readonly door: Pick<Door, 'ask'>;
  /** Reads a signed viewer. @throws GraphError UNAUTHENTICATED when it is none. */
  readonly viewerOf: (header: string | undefined) => Viewer;
  readonly requestTimeoutMs: number;
  readonly drain: Drain;
  readonly log: Log;
  readonly metrics: Metrics;
}

/**
 * Takes lines (server/line/frames.ts) from gateways, at any path: what comes by one is answered as it would be over HTTP,
 * with the same refusals, counted and logged the same way. That there are lines is said in every answer over HTTP.
 */
export function serveLines(app: FastifyInstance, options: LinesOptions): void {
  const open = new Set<Line>();
  app.addHook('onRequest', (_request, reply, done) => {
    void reply.header(LINE_HEADER, LINE_PROTOCOL);
    done();
  });
  app.addHook('preClose', async () => {
    for (const line of open) line.close();
  });
  app.server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    // What breaks a line is seen by its close.
    socket.on('error', () => {});
    const refusal = refusalOfLine(request, options);
    if (refusal) {
      socket.write(`HTTP/1.1 ${refusal}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
      // Nobody reads it any more, so that its end would not be seen.
      return socket.destroySoon();
    }
    socket.write(LINE_OPENED);
    const line = new Line(socket, options);
    open.add(line);
    socket.once('close', () => open.delete(line));
    const read = frameReader(MOST_ASKED, line.take);
    const take = (bytes: Buffer) => {
      try {
        read(bytes);
      } catch (error) {
        options.log.warn({ error }, 'a line that cannot be read is closed');
        socket.destroy();
      }
    };
    take(head);
    // HTTP's server leaves its half of a connection open.
    socket.on('data', take).on('end', () => socket.end());
  });
}

/** Why a line is not opened, as the status line of HTTP. */
function refusalOfLine({ headers }: IncomingMessage, { viewerOf, drain }: LinesOptions): string | null {
  if (headers.upgrade !== LINE_PROTOCOL) return `426 Upgrade Required\r\nupgrade: ${LINE_PROTOCOL}`;
  if (drain.isClosing()) return '503 Service Unavailable';
  try {
    viewerOf(headers[VIEWER_HEADER] as string | undefined);
    return null;
  } catch {
    return '401 Unauthorized';
  }
}

const noClient = { name: null, version: null };

/** One line: the texts it has been told, and the answers it gives. */
class Line {
  readonly #socket: Socket;
  readonly #writer: FrameWriter;
  readonly #options: LinesOptions;
  readonly #texts = new Map<number, string>();

  constructor(socket: Socket, options: LinesOptions) {
    this.#socket = socket;
    this.#writer = new FrameWriter(socket);
    this.#options = options;
  }

  /** @throws Error when a message is none: who sends it is no gateway of ours. */
  readonly take = ({ id, code, payload }: Frame): void => {
    switch (code) {
      case saying.TEXT:
        if (this.#texts.size >= MOST_TEXTS) throw new Error(`More than ${MOST_TEXTS} texts on one line.`);
        this.#texts.set(id, payload);
        return;
      case saying.FORGET:
        this.#texts.clear();
        return;
      case saying.ASK:
        void this.#answer(id, readAsk(payload));
        return;
      default:
        throw new Error(`A message with the code ${code}.`);
    }
  };

  /** Closes the line once all that was said is sent. */
  close(): void {
    this.#writer.flush();
    this.#socket.destroySoon();
  }

  async #answer(id: number, asked: ReturnType<typeof readAsk>): Promise<void> {
    const { door, viewerOf, drain, log, metrics, requestTimeoutMs } = this.#options;
    const started = performance.now();
    const requestId = requestIdOf(asked.requestId);
    const document = this.#texts.get(asked.query) ?? '';
    const outcome: Outcome = {
      operationName: asked.operationName ?? null,
      operationType: document.startsWith('mutation') ? 'mutation' : 'query',
      codes: [],
    };
    const done = drain.enter();
    let status = 500;
    let body = '';
    try {
      if (drain.isDraining()) throw shuttingDown();
      const { variables, operationName } = asked;
      const viewer = viewerOf(this.#texts.get(asked.viewer));
      const explain = asked.explain === true;
      const request = { document, variables, operationName, viewer, requestId, explain };
      const answer = await askInTime(door, request, Math.min(asked.deadlineMs, requestTimeoutMs));
      status = statusOf(answer);
      outcome.codes = (answer.errors ?? []).map(({ extensions }) => String(extensions?.code));
      body = JSON.stringify(answer);
    } catch (error) {
      const refusal = refusalOf(error, requestId);
      ({ status, body } = refusal);
      outcome.codes = [refusal.code];
      if (status === 500) log.error({ requestId, error }, 'unexpected error on a line');
    }
    this.#writer.send(id, status, body);
    done();
    const durationMs = performance.now() - started;
    metrics.request('/graphql', 'LINE', status, durationMs / 1_000);
    const scope = { outcome, client: noClient, traceparent: asked.traceparent };
    logOperation(
      { requestId, scope, address: this.#socket.remoteAddress ?? '', status, durationMs, refusedWith: null },
      log,
      metrics,
    );
  }
}
