import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Running } from '../../server/serve.ts';

interface CannedOptions {
  readonly port: number;
  /** Where an answer is had from the first time, by the path that it is asked at here. */
  readonly upstreams: Readonly<Record<string, string>>;
}

/**
 * Starts subgraphs that answer out of memory: what is asked the first time is had from the real subgraph, and the same
 * body gets the same answer from then on. In front of them a gateway's own work is nearly all there is. `GET /asked`
 * gives how many answers had to be had so far.
 */
export async function startCanned({ port, upstreams }: CannedOptions): Promise<Running> {
  const answers = new Map<string, string>();
  let asked = 0;
  const answerTo = async (request: IncomingMessage): Promise<string> => {
    if (request.url === '/asked') return String(asked);
    const body = await text(request);
    const key = `${request.url}\n${body}`;
    const known = answers.get(key);
    if (known !== undefined) return known;
    asked += 1;
    const answer = await ask(upstreams[request.url ?? ''] ?? '', body, request.headers['x-viewer']);
    answers.set(key, answer);
    return answer;
  };
  const server = createServer((request, response) => {
    answerTo(request).then(
      (answer) => response.setHeader('content-type', 'application/json').end(answer),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** @throws when the subgraph does not answer with data: errors are not kept. */
async function ask(url: string, body: string, viewer: string | string[] | undefined): Promise<string> {
  const headers = { 'content-type': 'application/json', 'x-viewer': String(viewer) };
  const response = await fetch(url, { method: 'POST', headers, body });
  const answer = await response.text();
  if (response.status !== 200 || answer.includes('"errors":['))
    throw new Error(`${url} answered ${response.status}: ${answer.slice(0, 500)}`);
  return answer;
}
