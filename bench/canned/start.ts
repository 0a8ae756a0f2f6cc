import { createServer, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { LINE_HEADER, LINE_PROTOCOL } from '../../server/line/messages.ts';
import type { Running } from '../../server/serve.ts';
import { answerLine } from './line.ts';

interface CannedOptions {
  readonly port: number;
  /** Where an answer is had from the first time, by the path that it is asked at here. */
  readonly upstreams: Readonly<Record<string, string>>;
  /** Whether they take lines, as our subgraphs do; else they know HTTP alone, as any subgraph does. */
  readonly lines: boolean;
}

/** What a canned subgraph is asked: the body of a request over HTTP, and the signed viewer that a real one wants. */
export interface CannedAsk {
  readonly path: string;
  readonly body: string;
  readonly viewer: string;
}

/**
 * Starts subgraphs that answer out of memory: what is asked the first time is had from the real subgraph, and the same
 * body gets the same answer from then on. In front of them a gateway's own work is nearly all there is. `GET /asked`
 * gives how many answers had to be had so far.
 */
export async function startCanned({ port, upstreams, lines }: CannedOptions): Promise<Running> {
  const answers = new Map<string, string>();
  let asked = 0;
  const answerTo = async ({ path, body, viewer }: CannedAsk): Promise<string> => {
    const key = `${path}\n${body}`;
    const known = answers.get(key);
    if (known !== undefined) return known;
    asked += 1;
    const answer = await ask(upstreams[path] ?? '', body, viewer);
    answers.set(key, answer);
    return answer;
  };
  const read = async (request: IncomingMessage): Promise<string> => {
    const path = request.url ?? '';
    if (path === '/asked') return String(asked);
    return answerTo({ path, body: await text(request), viewer: String(request.headers['x-viewer']) });
  };
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    if (lines) response.setHeader(LINE_HEADER, LINE_PROTOCOL);
    read(request).then(
      (answer) => response.setHeader('content-type', 'application/json').end(answer),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
  if (lines) {
    server.on('upgrade', ({ url }: IncomingMessage, socket: Socket) => {
      sockets.add(socket.once('close', () => sockets.delete(socket)));
      answerLine(socket, (asked) => answerTo({ path: url ?? '', ...asked }));
    });
  }
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** @throws when the subgraph does not answer with data: errors are not kept. */
async function ask(url: string, body: string, viewer: string): Promise<string> {
  const headers = { 'content-type': 'application/json', 'x-viewer': viewer };
  const response = await fetch(url, { method: 'POST', headers, body });
  const answer = await response.text();
  if (response.status !== 200 || answer.includes('"errors":['))
    throw new Error(`${url} answered ${response.status}: ${answer.slice(0, 500)}`);
  return answer;
}
