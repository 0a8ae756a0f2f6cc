import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ErrorCode } from './errors.ts';
import { errorBody } from './httpErrors.ts';
import { requestIdOf } from './requestScope.ts';

const faults: Readonly<Record<string, { status: number; code: ErrorCode; message: string }>> = {
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'REQUEST_TIMEOUT',
    message: 'The request took too long to arrive.',
  },
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'BODY_TOO_LARGE',
    message: 'The address and headers are too long; send the query by POST.',
  },
};
const other = { status: 400, code: 'BAD_REQUEST' as const, message: 'The request is not readable as HTTP.' };

/** Answers bytes that never became a request. Node's parser has given up on them, so the answer is written by hand. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, code, message } = faults[error.code ?? ''] ?? other;
  const body = errorBody(code, message, requestIdOf(undefined));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
