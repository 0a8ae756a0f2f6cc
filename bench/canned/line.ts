import type { Socket } from 'node:net';
import { FrameWriter, frameReader } from '../../server/line/frames.ts';
import { type AskedOnLine, LINE_PROTOCOL, MOST_ASKED, saying } from '../../server/line/messages.ts';
import type { CannedAsk } from './start.ts';

/** Opens a line (server/line/frames.ts) on a connection, and gives to what comes by it the answers that `answer` has. */
export function answerLine(
  socket: Socket,
  answer: (asked: Omit<CannedAsk, 'path'>) => Promise<string>,
): void {
  const texts = new Map<number, string>();
  const writer = new FrameWriter(socket);
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: ${LINE_PROTOCOL}\r\n\r\n`,
  );
  const read = frameReader(MOST_ASKED, ({ id, code, payload }) => {
    if (code === saying.TEXT) return void texts.set(id, payload);
    if (code === saying.FORGET) return texts.clear();
    const [head = '', variables = ''] = payload.split('\n');
    const { query, viewer, operationName } = JSON.parse(head) as AskedOnLine;
    const said = JSON.stringify({ query: texts.get(query), operationName });
    const body = `${said.slice(0, -1)},"variables":${variables}}`;
    answer({ body, viewer: texts.get(viewer) ?? '' }).then(
      (text) => writer.send(id, 200, text),
      (error: Error) => writer.send(id, 500, error.message),
    );
  });
  socket.on('data', read).on('end', () => socket.end());
}
