import type { Socket } from 'node:net';
import { FrameWriter, frameReader } from '../../server/line/frames.ts';
import { LINE_OPENED, MOST_ASKED, readAsk, saying } from '../../server/line/messages.ts';
import type { CannedAsk } from './start.ts';

/** Opens a line (server/line/frames.ts) on a connection, and gives to what comes by it the answers that `answer` has. */
export function answerLine(
  socket: Socket,
  answer: (asked: Omit<CannedAsk, 'path'>) => Promise<string>,
): void {
  const texts = new Map<number, string>();
  const writer = new FrameWriter(socket);
  socket.write(LINE_OPENED);
  const read = frameReader(MOST_ASKED, ({ id, code, payload }) => {
    if (code === saying.TEXT) return void texts.set(id, payload);
    if (code === saying.FORGET) return texts.clear();
    const { query, viewer, operationName, variables } = readAsk(payload);
    const body = JSON.stringify({ query: texts.get(query), operationName, variables });
    answer({ body, viewer: texts.get(viewer) ?? '' }).then(
      (text) => writer.send(id, 200, text),
      (error: Error) => writer.send(id, 500, error.message),
    );
  });
  socket.on('data', read).on('end', () => socket.end());
}
