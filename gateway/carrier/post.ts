import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { Reply } from './reply.ts';

export interface Posted {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/**
 * Sends one POST and gives the whole answer. undici's `request` would make a stream of the body, which is a third of what
 * a small exchange costs. `onHead` sees the head of the answer.
 * @throws what undici throws; the reason of the signal once that is aborted.
 */
export function post(
  dispatcher: Dispatcher,
  { path, headers, body }: Posted,
  signal: AbortSignal,
  onHead: (headers: IncomingHttpHeaders) => void,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const chunks: Buffer[] = [];
    let status = 0;
    let abort = () => reject(signal.reason);
    const giveUp = () => abort();
    const done = () => signal.removeEventListener('abort', giveUp);
    signal.addEventListener('abort', giveUp, { once: true });
    dispatcher.dispatch(
      { path, method: 'POST', headers, body },
      {
        onRequestStart: (controller) => {
          abort = () => controller.abort(signal.reason);
          if (signal.aborted) abort();
        },
        onResponseStart: (_controller, statusCode, heads) => {
          status = statusCode;
          onHead(heads);
        },
        onResponseData: (_controller, chunk) => {
          chunks.push(chunk);
        },
        onResponseEnd: () => {
          done();
          resolve({ status, text: textOf(chunks) });
        },
        onResponseError: (_controller, error) => {
          done();
          reject(error);
        },
      },
    );
  });
}

const BYTE_ORDER_MARK = '\uFEFF';

function textOf(chunks: readonly Buffer[]): string {
  const text = (chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)).toString();
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}
